package io.github.springxhr.demo.cli;

import java.io.Console;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.util.List;
import java.util.Map;

import io.github.springxhr.XhrFactory;
import io.github.springxhr.autoconfigure.XhrAutoConfiguration;
import org.jspecify.annotations.Nullable;

import org.springframework.aot.AotDetector;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.SpringProperties;

/**
 * The demo without its page: one request from the command line, through the starter's
 * {@link XhrFactory}, configured by {@code cli.yml} and {@code --xhr.*}.
 */
public final class CommandLine {

	private final PrintStream out;

	private final PrintStream err;

	private CommandLine(PrintStream out, PrintStream err) {
		this.out = out;
		this.err = err;
	}

	/**
	 * Return whether the arguments ask for a request instead of the page.
	 * @param args the program's arguments
	 * @return whether there is {@code --get} or {@code --put} among them
	 */
	public static boolean isMeantBy(String[] args) {
		return Command.isMeantBy(args);
	}

	/**
	 * Send the request that the arguments ask for.
	 * @param args the program's arguments
	 * @return what to end the process with
	 */
	public static int run(String[] args) {
		return new CommandLine(System.out, System.err).execute(args).value();
	}

	private ExitCode execute(String[] args) {
		try {
			return execute(Command.parse(args));
		}
		catch (UsageException ex) {
			this.err.println(ex.getMessage());
			if (ex.code() == ExitCode.USAGE) {
				this.err.println(Command.USAGE);
			}
			return ex.code();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return ExitCode.ABORTED;
		}
	}

	private ExitCode execute(Command command) throws UsageException, InterruptedException {
		ConfigurableApplicationContext context = context(command);
		if (context == null) {
			return ExitCode.CONFIGURATION;
		}
		XhrFactory factory = context.getBean(XhrFactory.class);
		Transfer transfer = new Transfer(command, factory.create(), this.out, isTerminal());
		// one after the other, as hooks of their own would run at the same time
		Runtime.getRuntime().addShutdownHook(new Thread(() -> {
			transfer.abort();
			context.close();
		}, "shutdown"));
		return transfer.run();
	}

	/**
	 * Without the initializers, one of which starts the upstream. Spring Boot reports
	 * what is wrong with the configuration itself.
	 */
	private static @Nullable ConfigurableApplicationContext context(Command command) {
		// what is generated ahead of time is the page's
		SpringProperties.setProperty(AotDetector.AOT_ENABLED, "false");
		SpringApplication application = new SpringApplication(Starter.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		application.setInitializers(List.of());
		application.setRegisterShutdownHook(false);
		application.setDefaultProperties(Map.of("spring.config.name", "cli"));
		try {
			return application.run(command.properties().toArray(String[]::new));
		}
		catch (RuntimeException ex) {
			return null;
		}
	}

	/** Since Java 22 there may be a console that is no terminal, and a way to ask. */
	private static boolean isTerminal() {
		Console console = System.console();
		if (console == null) {
			return false;
		}
		try {
			return (boolean) Console.class.getMethod("isTerminal").invoke(console);
		}
		catch (NoSuchMethodException ex) {
			return true;
		}
		catch (IllegalAccessException | InvocationTargetException ex) {
			return false;
		}
	}

	/**
	 * The starter and nothing else, as it is to start fast. No {@code @Configuration},
	 * which the demo would find.
	 */
	@ImportAutoConfiguration({ SslAutoConfiguration.class, WebClientAutoConfiguration.class,
			XhrAutoConfiguration.class })
	static class Starter {

	}

}
