package io.github.springxhr.autoconfigure.har;

import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

import tools.jackson.databind.JsonNode;

/**
 * What HAR 1.2 asks of an archive: the members that have to be there, their types, and no
 * others but those it knows or that begin with an underscore.
 *
 * @see <a href="http://www.softwareishard.com/blog/har-12-spec/">HAR 1.2</a>
 */
final class HarRules {

	private final List<String> violations = new ArrayList<>();

	private HarRules() {
	}

	/**
	 * Check an archive.
	 * @return what is wrong with it, with the place where it is
	 */
	static List<String> violations(JsonNode archive) {
		HarRules rules = new HarRules();
		rules.object("", archive, Set.of());
		rules.member("", archive, "log", JsonNode::isObject, rules::log);
		return rules.violations;
	}

	private void log(String path, JsonNode log) {
		object(path, log, Set.of("browser", "pages", "comment"), "version", "creator", "entries");
		text(path, log, "version");
		member(path, log, "creator", JsonNode::isObject, (at, creator) -> {
			object(at, creator, Set.of("comment"), "name", "version");
			text(at, creator, "name");
			text(at, creator, "version");
		});
		each(path, log, "entries", this::entry);
	}

	private void entry(String path, JsonNode entry) {
		object(path, entry, Set.of("pageref", "serverIPAddress", "connection", "comment"), "startedDateTime", "time",
				"request", "response", "cache", "timings");
		dateTime(path, entry.path("startedDateTime").asString(""));
		member(path, entry, "request", JsonNode::isObject, this::request);
		member(path, entry, "response", JsonNode::isObject, this::response);
		member(path, entry, "cache", JsonNode::isObject,
				(at, cache) -> object(at, cache, Set.of("beforeRequest", "afterRequest", "comment")));
		member(path, entry, "timings", JsonNode::isObject, this::timings);
		double sum = 0;
		for (String phase : List.of("blocked", "dns", "connect", "send", "wait", "receive")) {
			sum += Math.max(0, entry.path("timings").path(phase).asDouble(0));
		}
		require(Math.abs(sum - entry.path("time").asDouble(-1)) < 0.01, path, "time is not the sum of the timings");
	}

	private void request(String path, JsonNode request) {
		object(path, request, Set.of("postData", "comment"), "method", "url", "httpVersion", "cookies", "headers",
				"queryString", "headersSize", "bodySize");
		text(path, request, "method");
		text(path, request, "url");
		text(path, request, "httpVersion");
		nameValues(path, request, "cookies");
		nameValues(path, request, "headers");
		nameValues(path, request, "queryString");
		size(path, request, "headersSize");
		size(path, request, "bodySize");
	}

	private void response(String path, JsonNode response) {
		object(path, response, Set.of("comment"), "status", "statusText", "httpVersion", "cookies", "headers",
				"content", "redirectURL", "headersSize", "bodySize");
		member(path, response, "status", JsonNode::isInt,
				(at, status) -> require(status.asInt() == 0 || (status.asInt() >= 100 && status.asInt() <= 999), at,
						"is no status"));
		text(path, response, "statusText");
		text(path, response, "httpVersion");
		text(path, response, "redirectURL");
		nameValues(path, response, "cookies");
		nameValues(path, response, "headers");
		member(path, response, "content", JsonNode::isObject, (at, content) -> {
			object(at, content, Set.of("compression", "text", "encoding", "comment"), "size", "mimeType");
			size(at, content, "size");
			text(at, content, "mimeType");
		});
		size(path, response, "headersSize");
		size(path, response, "bodySize");
	}

	private void timings(String path, JsonNode timings) {
		object(path, timings, Set.of("blocked", "dns", "connect", "ssl", "comment"), "send", "wait", "receive");
		timings.properties().forEach((phase) -> {
			boolean mandatory = Set.of("send", "wait", "receive").contains(phase.getKey());
			double value = phase.getValue().asDouble(-2);
			require(value >= 0 || (!mandatory && value == -1), path, phase.getKey() + " is " + value);
		});
	}

	private void object(String path, JsonNode object, Set<String> optional, String... mandatory) {
		if (path.isEmpty()) {
			return;
		}
		Set<String> required = Set.of(mandatory);
		object.properties()
			.forEach((member) -> require(!member.getValue().isNull(), path, member.getKey() + " is null"));
		required.forEach((name) -> require(object.has(name), path, name + " is missing"));
		object.propertyNames()
			.forEach((name) -> require(required.contains(name) || optional.contains(name) || name.startsWith("_"), path,
					name + " is not known"));
	}

	private void text(String path, JsonNode object, String name) {
		member(path, object, name, JsonNode::isString, (at, value) -> {
		});
	}

	private void size(String path, JsonNode object, String name) {
		member(path, object, name, JsonNode::isIntegralNumber,
				(at, value) -> require(value.asLong() >= -1, at, "is " + value));
	}

	private void nameValues(String path, JsonNode object, String name) {
		each(path, object, name, (at, pair) -> {
			object(at, pair, Set.of("comment", "path", "domain", "expires", "httpOnly", "secure"), "name", "value");
			text(at, pair, "name");
			text(at, pair, "value");
		});
	}

	private void each(String path, JsonNode object, String name, BiConsumer<String, JsonNode> rule) {
		member(path, object, name, JsonNode::isArray, (at, array) -> {
			for (int index = 0; index < array.size(); index++) {
				rule.accept(at + "[" + index + "]", array.get(index));
			}
		});
	}

	private void member(String path, JsonNode object, String name, Predicate<JsonNode> type,
			BiConsumer<String, JsonNode> rule) {
		JsonNode value = object.path(name);
		String at = path + "/" + name;
		if (type.test(value)) {
			rule.accept(at, value);
		}
		else {
			require(false, at, "is " + value.getNodeType());
		}
	}

	private void dateTime(String path, String text) {
		try {
			OffsetDateTime.parse(text);
		}
		catch (DateTimeParseException ex) {
			require(false, path, "startedDateTime is '" + text + "'");
		}
	}

	private void require(boolean held, String path, String violation) {
		if (!held) {
			this.violations.add(path + ": " + violation);
		}
	}

}
