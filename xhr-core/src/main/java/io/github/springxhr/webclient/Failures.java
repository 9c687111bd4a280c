package io.github.springxhr.webclient;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.TimeoutException;

import javax.net.ssl.SSLException;

import io.github.springxhr.http.FailureKind;
import io.github.springxhr.http.FetchFailure;
import io.github.springxhr.http.FetchFailure.Phase;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameStreamException;
import io.netty.handler.proxy.ProxyConnectException;
import io.netty.handler.timeout.ReadTimeoutException;
import reactor.core.Exceptions;
import reactor.netty.channel.AbortedException;
import reactor.netty.http.client.PrematureCloseException;
import reactor.netty.internal.shaded.reactor.pool.PoolAcquirePendingLimitException;
import reactor.netty.internal.shaded.reactor.pool.PoolAcquireTimeoutException;
import reactor.netty.internal.shaded.reactor.pool.PoolShutdownException;

import org.springframework.web.reactive.function.client.WebClientRequestException;

/**
 * Finds the kind of failure in the exceptions of WebClient, Reactor Netty and the JDK.
 * Messages are our own, as those of the exceptions may hold URLs.
 */
final class Failures {

	private Failures() {
	}

	static FetchFailure of(Throwable thrown, Phase phase) {
		Throwable failure = Exceptions.unwrap(thrown);
		Throwable cause = (failure instanceof WebClientRequestException && failure.getCause() != null)
				? failure.getCause() : failure;
		FailureKind kind = kind(cause, phase);
		return new FetchFailure(kind, phase, message(kind, cause), cause);
	}

	private static FailureKind kind(Throwable cause, Phase phase) {
		if (cause instanceof RequestBodyException) {
			return FailureKind.REQUEST_BODY;
		}
		if (cause instanceof AddressBlockedException) {
			return FailureKind.BLOCKED;
		}
		if (cause instanceof UnknownHostException) {
			return FailureKind.RESOLVE;
		}
		if (isTls(cause)) {
			return FailureKind.TLS;
		}
		if (cause instanceof PoolAcquirePendingLimitException || cause instanceof PoolAcquireTimeoutException) {
			return FailureKind.POOL;
		}
		if (cause instanceof PoolShutdownException) {
			return FailureKind.CLOSED;
		}
		if (cause instanceof ConnectTimeoutException || cause instanceof ConnectException
				|| cause instanceof NoRouteToHostException) {
			return FailureKind.CONNECT;
		}
		if (cause instanceof ReadTimeoutException || cause instanceof TimeoutException) {
			return FailureKind.READ_TIMEOUT;
		}
		return laterKind(cause, phase);
	}

	private static FailureKind laterKind(Throwable cause, Phase phase) {
		if (cause instanceof PrematureChannelClosureException) {
			return FailureKind.CONNECTION_CLOSED;
		}
		if (phase == Phase.CONNECT && cause instanceof IOException) {
			return FailureKind.CONNECT;
		}
		boolean answered = phase == Phase.HEADERS || phase == Phase.BODY;
		if (cause instanceof DecoderException || cause instanceof Http2Exception
				|| cause instanceof Http2FrameStreamException
				|| (answered && cause instanceof IllegalArgumentException)) {
			return FailureKind.PROTOCOL;
		}
		if (cause instanceof PrematureCloseException || cause instanceof AbortedException
				|| cause instanceof ClosedChannelException || cause instanceof SocketException) {
			return FailureKind.CONNECTION_CLOSED;
		}
		if (cause instanceof IOException) {
			return FailureKind.CONNECTION_CLOSED;
		}
		return FailureKind.OTHER;
	}

	private static boolean isTls(Throwable cause) {
		return cause instanceof SSLException
				|| (cause instanceof DecoderException && cause.getCause() instanceof SSLException);
	}

	private static String message(FailureKind kind, Throwable cause) {
		return switch (kind) {
			case RESOLVE -> (cause instanceof NoInstanceException) ? String.valueOf(cause.getMessage())
					: "the host name could not be resolved";
			case CONNECT -> connectMessage(cause);
			case TLS -> "the TLS handshake failed";
			case POOL -> (cause instanceof PoolAcquirePendingLimitException)
					? "too many requests were waiting for a connection" : "no connection became free in time";
			case CLOSED -> "the client has been closed";
			case READ_TIMEOUT -> "nothing was received for too long";
			case REQUEST_BODY, BLOCKED -> String.valueOf(cause.getMessage());
			case PROTOCOL -> "the response is not valid HTTP";
			case CONNECTION_CLOSED -> "the connection was closed before the response was complete";
			default -> "unexpected " + cause.getClass().getName();
		};
	}

	private static String connectMessage(Throwable cause) {
		if (cause instanceof ProxyConnectException proxy) {
			return ProxyFailures.message(proxy);
		}
		return (cause instanceof ConnectTimeoutException) ? "connecting took too long" : "no connection could be made";
	}

}
