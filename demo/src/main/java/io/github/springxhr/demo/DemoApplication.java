package io.github.springxhr.demo;

import io.github.springxhr.demo.cli.CommandLine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;

/**
 * The demo. What it does is on its page; what it is configured with, in
 * {@code application.yml}.
 */
@SpringBootApplication
@EnableConfigurationProperties(DemoProperties.class)
public class DemoApplication {

	private static final Logger logger = LoggerFactory.getLogger(DemoApplication.class);

	/**
	 * Start the demo, or send one request from the command line.
	 * @param args properties, such as {@code --server.port=8081}, or {@code --get URL}
	 */
	public static void main(String[] args) {
		if (CommandLine.isMeantBy(args)) {
			System.exit(CommandLine.run(args));
		}
		SpringApplication.run(DemoApplication.class, args);
	}

	@EventListener
	void ready(ApplicationReadyEvent event) {
		if (event.getApplicationContext() instanceof WebServerApplicationContext context
				&& context.getWebServer() != null) {
			logger.info("The demo is at http://localhost:{} (Ctrl-C ends it)", context.getWebServer().getPort());
		}
	}

}
