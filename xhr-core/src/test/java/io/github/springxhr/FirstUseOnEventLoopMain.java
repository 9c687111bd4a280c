package io.github.springxhr;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.github.springxhr.cookie.InMemoryCookieStore;
import io.github.springxhr.fixture.BlockingGuard;
import io.github.springxhr.form.Blob;
import io.github.springxhr.form.File;
import io.github.springxhr.form.FormData;
import io.netty.util.concurrent.EventExecutor;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.netty.resources.LoopResources;

import org.springframework.web.reactive.function.client.WebClient;

/**
 * Sends the first requests of a JVM from an event loop, and prints what has blocked it or
 * another.
 */
final class FirstUseOnEventLoopMain {

	private static final EventExecutor LOOP = LoopResources.create("caller", 1, true).onServer(true).next();

	private final XhrFactory factory;

	private FirstUseOnEventLoopMain(XhrFactory factory) {
		this.factory = factory;
	}

	public static void main(String[] args) throws Exception {
		BlockingGuard.watch();
		Path file = Files.write(Path.of(args[2]), new byte[FirstUseOnEventLoopTests.LARGE]);
		for (boolean direct : new boolean[] { false, true }) {
			XhrFactoryBuilder builder = XhrFactory.builder(WebClient.builder())
				.baseUrl(args[0])
				.progressInterval(Duration.ZERO)
				.cookieStore(new InMemoryCookieStore());
			try (XhrFactory factory = (direct ? builder.directEvents() : builder).build()) {
				FirstUseOnEventLoopMain user = new FirstUseOnEventLoopMain(factory);
				user.download(args[1]);
				user.upload(File.of(file));
				user.cancel();
			}
		}
		BlockingGuard.found().forEach(System.out::println);
		System.out.println("found " + BlockingGuard.found().size());
		System.exit(0);
	}

	private void download(String secureUrl) throws Exception {
		get("/text", XMLHttpRequestResponseType.TEXT);
		get(secureUrl, XMLHttpRequestResponseType.TEXT);
		get("/gzip", XMLHttpRequestResponseType.TEXT);
		get("/br", XMLHttpRequestResponseType.TEXT);
		get("/zstd", XMLHttpRequestResponseType.TEXT);
		get("/xml", XMLHttpRequestResponseType.DOCUMENT);
		get("/html", XMLHttpRequestResponseType.DOCUMENT);
		get("/json", XMLHttpRequestResponseType.JSON);
		get("/large", XMLHttpRequestResponseType.BLOB);
	}

	private void get(String url, XMLHttpRequestResponseType type) throws Exception {
		send("GET", url, null, (xhr) -> xhr.setResponseType(type));
	}

	private void upload(File file) throws Exception {
		FormData form = new FormData();
		form.append("text", new Blob(List.of("abc")));
		form.append("file", file);
		send("POST", "/form", form, (xhr) -> {
		});
		send("POST", "/file", file, (xhr) -> {
		});
	}

	private void send(String method, String url, @Nullable Object body, Consumer<XMLHttpRequest> setUp)
			throws Exception {
		CompletableFuture<String> done = new CompletableFuture<>();
		LOOP.execute(() -> {
			XMLHttpRequest xhr = this.factory.create();
			xhr.open(method, url);
			setUp.accept(xhr);
			xhr.exchange(body)
				.subscribe((ended) -> done.complete(ended.getStatus() + " " + ended.getResponse()),
						(ex) -> done.complete(ex.toString()));
		});
		System.out.println(method + " " + url + ": " + done.get(60, TimeUnit.SECONDS));
	}

	/** Cancel a response that is in a file already. */
	private void cancel() throws Exception {
		CompletableFuture<String> done = new CompletableFuture<>();
		LOOP.execute(() -> {
			XMLHttpRequest xhr = this.factory.create();
			xhr.open("GET", "/stalled");
			xhr.setResponseType(XMLHttpRequestResponseType.BLOB);
			CompletableFuture<Void> inFile = new CompletableFuture<>();
			xhr.setOnprogress((event) -> {
				if (event.getLoaded() > FirstUseOnEventLoopTests.LARGE / 2) {
					inFile.complete(null);
				}
			});
			Disposable exchange = xhr.exchange(null).subscribe();
			inFile.thenRunAsync(() -> {
				exchange.dispose();
				done.complete("cancelled");
			}, LOOP);
		});
		System.out.println(done.get(60, TimeUnit.SECONDS));
	}

}
