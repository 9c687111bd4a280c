package io.github.springxhr.observation;

/**
 * The HTTP method as a tag: a closed set, as a caller may use any token as a method.
 */
enum MethodTag {

	GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS, OTHER;

	static MethodTag of(String method) {
		return switch (method) {
			case "GET" -> GET;
			case "HEAD" -> HEAD;
			case "POST" -> POST;
			case "PUT" -> PUT;
			case "PATCH" -> PATCH;
			case "DELETE" -> DELETE;
			case "OPTIONS" -> OPTIONS;
			default -> OTHER;
		};
	}

	String tag() {
		return (this != OTHER) ? name() : "other";
	}

}
