package io.github.springxhr.reliability;

import java.net.InetAddress;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;

import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.XhrFactoryBuilder;
import io.github.springxhr.fixture.FaultConnection;
import io.github.springxhr.fixture.Responses;

import org.springframework.util.unit.DataSize;

/**
 * Something that goes wrong, and where it cannot: what the server does, what a client
 * needs to be told so that it ends, and what is sent. Any client can be put to it, except
 * where {@link #isOfXhr()} says that it takes a client of this library.
 */
public final class Fault {

	final String group;

	final String name;

	final Map<Position, String> senselessPositions = new EnumMap<>(Position.class);

	final Map<Transport, String> senselessTransports = new EnumMap<>(Transport.class);

	final Map<Caller, String> senselessCallers = new EnumMap<>(Caller.class);

	/** What the server does once it has read the request, or its head. */
	Answer answer = (connection, scene) -> scene.gate(connection);

	/** What the server does instead of a TLS handshake; then {@link #answer} is not. */
	Answer handshake;

	/** The URL where nobody listens, and what keeps it so. */
	Function<Scene, String> deadUrl;

	boolean headOnly;

	private boolean ofXhr;

	/** Whether the head of the response is complete before the fault. */
	private boolean afterHead;

	/** Whether the client's upload may have been complete or not. */
	boolean partialUpload;

	/** Whether the same client can use the server afterwards. */
	boolean probed = true;

	/** How often the request may reach the server. */
	int deliveries = 1;

	/** Whether the caller keeps no reference to a request that it has sent. */
	boolean letsGo;

	String method;

	/** The limits that a client needs. */
	boolean limitsConnecting;

	boolean limitsSilence;

	boolean limitsAll;

	DataSize limitsSize;

	/** The addresses of names, where the client has to be given them. */
	BiFunction<Scene, String, CompletionStage<List<InetAddress>>> names;

	/** What is sent instead of a few bytes. */
	Upload upload;

	BiConsumer<XhrFactoryBuilder, Cell> settings = (builder, cell) -> {
	};

	BiConsumer<XMLHttpRequest, Cell> preparation = (xhr, cell) -> {
	};

	/** What the server does with a kept connection before there is a request. */
	Answer begin;

	/** How further requests for the same are answered. */
	Answer rest = (connection, scene) -> connection.send(Responses.ok("hello", Scene.SHARED));

	/** What is awaited before the client is used again. */
	Consumer<Cell> after = (cell) -> {
	};

	String methodWhenReused = "GET";

	/** How what the fault has to log begins. */
	String logs = "of Reactor Netty";

	/** Tells that the fault has begun, if no server can. */
	Function<AsynchronousCell, Boolean> begun;

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
		return answer((connection, scene) -> {
			connection.send(before);
			scene.gate(connection);
			connection.send(after);
		});
	}

	/** Sends a part, and closes or resets when the caller has done what it does. */
	Fault cuts(boolean reset, String before) {
		this.afterHead = before.contains("\r\n\r\n");
		return answer((connection, scene) -> {
			connection.send(before);
			scene.gate(connection);
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
		this.limitsSilence = true;
		return answer((connection, scene) -> {
			connection.send(before);
			scene.gate(connection);
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

	/** A client that waits for ever has to be told how long it may take to connect. */
	Fault limitsConnecting() {
		this.limitsConnecting = true;
		return this;
	}

	/** A client has to be told how long all of a request may take. */
	Fault limitsAll() {
		this.limitsAll = true;
		return this;
	}

	/** A client has to be told how long a body may be. */
	Fault limitsSize(DataSize limit) {
		this.limitsSize = limit;
		return this;
	}

	/** A client has to be told the addresses of names. */
	Fault names(BiFunction<Scene, String, CompletionStage<List<InetAddress>>> names) {
		this.names = (scene, name) -> {
			// by its address the server of the hop before, and the probe, are found
			return name.startsWith("127.") ? CompletableFuture.completedFuture(List.of(FaultCatalog.local(1)))
					: names.apply(scene, name);
		};
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

	Fault ofXhr() {
		this.ofXhr = true;
		return this;
	}

	Fault notProbed() {
		this.probed = false;
		return this;
	}

	/**
	 * Why a cell makes no sense.
	 * @return the reason, or {@code null} if it does make sense
	 */
	public String senseless(Position position, Transport transport, Caller caller) {
		String reason = this.senselessPositions.get(position);
		reason = (reason != null) ? reason : this.senselessTransports.get(transport);
		if (reason == null && this.afterHead && position == Position.PREFLIGHT && caller != Caller.NONE) {
			return FaultCatalog.HEAD_IS_ALL;
		}
		return (reason != null) ? reason : this.senselessCallers.get(caller);
	}

	/**
	 * Return the group it belongs to.
	 * @return the name of the group
	 */
	public String group() {
		return this.group;
	}

	/**
	 * Return what goes wrong.
	 * @return the name, which no other fault has
	 */
	public String name() {
		return this.name;
	}

	/**
	 * Return whether it needs a client of this library.
	 * @return whether there is nothing in it that another client has
	 */
	public boolean isOfXhr() {
		return this.ofXhr;
	}

	/**
	 * Return the method that the request has.
	 * @param position which exchange the fault happens to
	 * @return the method
	 */
	public String method(Position position) {
		if (this.method != null) {
			return this.method;
		}
		return (position == Position.REUSED) ? this.methodWhenReused : "POST";
	}

	/**
	 * Return what is sent.
	 * @return the body, or {@code null} if any short one will do
	 */
	public Upload upload() {
		return this.upload;
	}

	/**
	 * Return how long a body the client may take at most.
	 * @return the limit, or {@code null} if its own is meant
	 */
	public DataSize sizeLimit() {
		return this.limitsSize;
	}

	/**
	 * Return the addresses that the client has to be given.
	 * @param scene where the fault happens
	 * @return finds the addresses of a name, or {@code null} if no name is used
	 */
	public Function<String, CompletionStage<List<InetAddress>>> names(Scene scene) {
		return (this.names != null) ? (name) -> this.names.apply(scene, name) : null;
	}

	/**
	 * Return how often the request may reach the server.
	 * @return the number, larger than one if it is a redirect to itself
	 */
	public int deliveries() {
		return this.deliveries;
	}

	/**
	 * Return whether the same client can use the server afterwards.
	 * @return whether another request makes sense
	 */
	public boolean isProbed() {
		return this.probed;
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

		void run(FaultConnection connection, Scene scene) throws Exception;

	}

}
