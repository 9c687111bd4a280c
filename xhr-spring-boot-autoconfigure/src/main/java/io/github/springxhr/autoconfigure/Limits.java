package io.github.springxhr.autoconfigure;

import java.time.Duration;

import org.springframework.util.unit.DataSize;

/**
 * The settings that a named client inherits.
 *
 * @param timeout the total time of a request
 * @param connectTimeout the time that connecting may take
 * @param maxResponseSize the largest body of a response
 * @param shutdownTimeout the time that requests in flight have when the client is closed
 * @param synchronous whether requests may be synchronous
 */
record Limits(Setting<Duration> timeout, Setting<Duration> connectTimeout, Setting<DataSize> maxResponseSize,
		Setting<Duration> shutdownTimeout, Setting<Boolean> synchronous) {

	static Limits of(String prefix, XhrClientProperties properties) {
		return new Limits(new Setting<>(prefix + ".timeout", properties.getTimeout()),
				new Setting<>(prefix + ".connect-timeout", properties.getConnectTimeout()),
				new Setting<>(prefix + ".max-response-size", properties.getMaxResponseSize()),
				new Setting<>(prefix + ".shutdown-timeout", properties.getShutdownTimeout()),
				new Setting<>(prefix + ".synchronous", properties.getSynchronous()));
	}

	/**
	 * Inherit what these limits leave open.
	 */
	Limits or(Limits inherited) {
		return new Limits(this.timeout.or(inherited.timeout), this.connectTimeout.or(inherited.connectTimeout),
				this.maxResponseSize.or(inherited.maxResponseSize), this.shutdownTimeout.or(inherited.shutdownTimeout),
				this.synchronous.or(inherited.synchronous));
	}

	Limits or(InheritedSettings inherited) {
		Setting<Duration> connect = new Setting<>(InheritedSettings.PREFIX + ".connect-timeout",
				inherited.connectTimeout());
		return new Limits(this.timeout, this.connectTimeout.or(connect), this.maxResponseSize, this.shutdownTimeout,
				this.synchronous);
	}

}
