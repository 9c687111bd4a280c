package io.github.springxhr.reliability;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.XhrFactoryBuilder;
import io.github.springxhr.fixture.FaultConnection;
import io.github.springxhr.fixture.Responses;

/**
 * Something that goes wrong, and where it cannot.
 */
final class Fault {

	final String group;

	final String name;

	final Map<Position, String> senselessPositions = new EnumMap<>(Position.class);

	final Map<Transport, String> senselessTransports = new EnumMap<>(Transport.class);

	final Map<Caller, String> senselessCallers = new EnumMap<>(Caller.class);

	/** What the server does once it has read the request, or its head. */
	Answer answer = (connection, cell) -> cell.gate(connection);

	/** What the server does instead of a TLS handshake; then {@link #answer} is not. */
	Answer handshake;

	/** The URL where nobody listens, and what keeps it so. */
	Function<Cell, String> deadUrl;

	boolean headOnly;

	/** Whether the head of the response is complete before the fault. */
	private boolean afterHead;

	/** Whether the client's upload may have been complete or not. */
	boolean partialUpload;

	/** Whether the same client can use the server afterwards. */
	boolean probed = true;

	/** How often the request may reach the server. */
	int deliveries = 1;

	String method;

	BiConsumer<XhrFactoryBuilder, Cell> settings = (builder, cell) -> {
	};

	BiConsumer<XMLHttpRequest, Cell> preparation = (xhr, cell) -> {
	};

	BiConsumer<XMLHttpRequest, Cell> sending;

	/** What the server does with a kept connection before there is a request. */
	Answer begin;

	/** How further requests for the same are answered. */
	Answer rest = (connection, cell) -> connection.send(Responses.ok("hello", Cell.SHARED));

	/** What is awaited before the client is used again. */
	Consumer<Cell> after = (cell) -> {
	};

	String methodWhenReused = "GET";

	/** How what the fault has to log begins. */
	String logs = "of Reactor Netty";

	/** Tells that the fault has begun, if no server can. */
	Function<Cell, Boolean> begun;

	Fault(String group, String name) {
		this.group = group;
		this.name = name;
	}

	Fault afterHead() {
		this.afterHead = true;
		return this;
	}

	Fault answer(Answer answer) {
		this.answer = answer;
		return this;
	}

	/** Sends a part, and the rest when the caller has done what it does. */
	Fault sends(String before, String after) {
		this.afterHead = before.contains("\r\n\r\n");
		return answer((connection, cell) -> {
			connection.send(before);
			cell.gate(connection);
			connection.send(after);
		});
	}

	/** Sends a part, and closes or resets when the caller has done what it does. */
	Fault cuts(boolean reset, String before) {
		this.afterHead = before.contains("\r\n\r\n");
		return answer((connection, cell) -> {
			connection.send(before);
			cell.gate(connection);
			if (reset) {
				connection.reset();
				return;
			}
			connection.halfClose().awaitPeerClosed();
		});
	}

	/** Sends a part, and nothing more. */
	Fault stalls(String before) {
		this.afterHead = before.contains("\r\n\r\n");
		this.settings = (builder, cell) -> builder.readTimeout(cell.patience());
		return answer((connection, cell) -> {
			connection.send(before);
			cell.gate(connection);
			connection.awaitPeerClosed();
		});
	}

	Fault not(Position position, String reason) {
		this.senselessPositions.put(position, reason);
		return this;
	}

	Fault not(Transport transport, String reason) {
		this.senselessTransports.put(transport, reason);
		return this;
	}

	Fault not(Caller caller, String reason) {
		this.senselessCallers.put(caller, reason);
		return this;
	}

	Fault settings(BiConsumer<XhrFactoryBuilder, Cell> settings) {
		this.settings = settings;
		return this;
	}

	Fault method(String method) {
		this.method = method;
		return not(Position.PREFLIGHT, "a preflight is an OPTIONS");
	}

	Fault notProbed() {
		this.probed = false;
		return this;
	}

	/**
	 * Why a cell makes no sense.
	 * @return the reason, or {@code null} if it does make sense
	 */
	String senseless(Position position, Transport transport, Caller caller) {
		String reason = this.senselessPositions.get(position);
		reason = (reason != null) ? reason : this.senselessTransports.get(transport);
		if (reason == null && this.afterHead && position == Position.PREFLIGHT && caller != Caller.NONE) {
			return "the preflight is over when its head is there";
		}
		return (reason != null) ? reason : this.senselessCallers.get(caller);
	}

	@Override
	public String toString() {
		return this.group + " | " + this.name;
	}

	/**
	 * A part of a script.
	 */
	@FunctionalInterface
	interface Answer {

		void run(FaultConnection connection, Cell cell) throws Exception;

	}

}
