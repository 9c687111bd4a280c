package io.github.springxhr.autoconfigure;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.netty.util.Version;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.client.HttpClient;

/**
 * Warns when the application runs a library in a version with a known weakness, which
 * {@code docs/security.md} names.
 */
final class DependencyFloors {

	static final String NETTY = "4.2.18";

	static final String REACTOR_NETTY = "1.3.7";

	private static final Pattern NUMBERS = Pattern.compile("(\\d{1,6})\\.(\\d{1,6})\\.(\\d{1,6})\\b.*");

	private static final Log logger = LogFactory.getLog(DependencyFloors.class);

	private DependencyFloors() {
	}

	/**
	 * Warn once for each library that is too old.
	 */
	static void warn() {
		List.of(new Library("Netty", "netty.version", NETTY, versionOf(Version.class)),
				new Library("Reactor Netty", "reactor-bom.version", REACTOR_NETTY, versionOf(HttpClient.class)))
			.forEach((library) -> {
				String warning = library.warning();
				if (warning != null) {
					logger.warn(warning);
				}
			});
	}

	/**
	 * Return the version of a class's jar, without initializing the class.
	 */
	private static @Nullable String versionOf(Class<?> type) {
		Package named = type.getPackage();
		return (named != null) ? named.getImplementationVersion() : null;
	}

	/**
	 * A library of the application.
	 *
	 * @param name its name
	 * @param property what raises its version where Spring Boot manages it
	 * @param floor the first version without a known weakness
	 * @param version what runs, or {@code null} if the class path does not tell, as in a
	 * native image
	 */
	record Library(String name, String property, String floor, @Nullable String version) {

		@Nullable String warning() {
			if (this.version == null || !isBelow(this.version, this.floor)) {
				return null;
			}
			return this.name + " " + this.version + " has known weaknesses: set '" + this.property
					+ "' in the build, so " + "that it is " + this.floor + " or newer";
		}

		private static boolean isBelow(String version, String floor) {
			Matcher running = NUMBERS.matcher(version);
			Matcher needed = NUMBERS.matcher(floor);
			if (!running.matches() || !needed.matches()) {
				return false;
			}
			for (int group = 1; group <= 3; group++) {
				int difference = Integer.parseInt(running.group(group)) - Integer.parseInt(needed.group(group));
				if (difference != 0) {
					return difference < 0;
				}
			}
			return false;
		}

	}

}
