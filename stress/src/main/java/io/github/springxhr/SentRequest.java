package io.github.springxhr;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

import io.github.springxhr.fetch.BodyChunk;
import io.github.springxhr.fetch.NetworkExchange;
import io.github.springxhr.fetch.NetworkHandler;
import io.github.springxhr.fetch.NetworkRequest;
import io.github.springxhr.fetch.NetworkTransport;
import io.github.springxhr.http.HeaderList;

import org.springframework.web.reactive.function.client.WebClient;

/**
 * A request that has been sent, with the other ends of its network and of its alarm, and
 * a log of what it fires last. Its listeners run in the thread that brings the news.
 */
final class SentRequest {

	private static final List<String> LAST = List.of("load", "error", "abort", "timeout", "loadend");

	private static final byte[] BODY = { 'h', 'e', 'l', 'l', 'o' };

	/** Referred to, so that its level lasts. */
	private static final Logger FAILED_REQUESTS = Logger.getLogger("io.github.springxhr.requests");

	/** What the request that a thread is sending has given to the network. */
	private static final ThreadLocal<NetworkHandler> HANDLER = new ThreadLocal<>();

	private static final ThreadLocal<Runnable> ALARM = new ThreadLocal<>();

	private static final XhrFactory FACTORY;

	static {
		FAILED_REQUESTS.setLevel(Level.OFF);
		FACTORY = XhrFactory.builder(WebClient.builder())
			.baseUrl("http://server.test/")
			.transport(new Network())
			.timers(new Alarms())
			.eventExecutor(Runnable::run)
			.build();
	}

	private final XMLHttpRequest xhr = FACTORY.create();

	private final NetworkHandler handler;

	private final Runnable alarm;

	private final List<String> log = new ArrayList<>(2);

	SentRequest() {
		for (String type : LAST) {
			this.xhr.addEventListener(type, (event) -> log(event.getType()));
		}
		this.xhr.open("GET", "");
		this.xhr.setTimeout(1);
		this.xhr.send();
		this.handler = HANDLER.get();
		this.alarm = ALARM.get();
	}

	private void log(String type) {
		synchronized (this.log) {
			this.log.add(type);
		}
	}

	XMLHttpRequest xhr() {
		return this.xhr;
	}

	/** The last events, in their order. */
	String log() {
		synchronized (this.log) {
			return String.join(" ", this.log);
		}
	}

	void respond() {
		this.handler.responseHead(200, "OK", new HeaderList());
		this.handler.bodyChunk(new Chunk());
		this.handler.bodyEnd();
	}

	void timeOut() {
		this.alarm.run();
	}

	/** Hands the exchange over to the test. */
	private static final class Network implements NetworkTransport {

		@Override
		public NetworkExchange start(NetworkRequest request, NetworkHandler handler) {
			HANDLER.set(handler);
			return new Started();
		}

		@Override
		public void close() {
		}

	}

	private static final class Started implements NetworkExchange {

		@Override
		public void request(long chunks) {
		}

		@Override
		public void cancel() {
		}

	}

	/** Hands the alarm over to the test; its clock stands still. */
	private static final class Alarms implements Timers {

		@Override
		public long nanoTime() {
			return 1;
		}

		@Override
		public Alarm schedule(Runnable task, long delayNanos) {
			ALARM.set(task);
			return () -> {
			};
		}

	}

	private static final class Chunk implements BodyChunk {

		@Override
		public int length() {
			return BODY.length;
		}

		@Override
		public void copyTo(byte[] target, int offset) {
			System.arraycopy(BODY, 0, target, offset, BODY.length);
		}

		@Override
		public void release() {
		}

	}

}
