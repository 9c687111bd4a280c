package io.github.springxhr.cookie;

/**
 * Why a cookie is not kept.
 */
enum Refusal {

	CONTROL_CHARACTER("it has a control character"),

	TOO_LARGE("name and value have more than 4,096 bytes"),

	EMPTY("it has neither name nor value"),

	DOMAIN_NOT_ASCII("its Domain is not ASCII"),

	PUBLIC_SUFFIX("its Domain is a public suffix"),

	FOREIGN_DOMAIN("its Domain does not cover the host"),

	INSECURE_CONNECTION("it is Secure, the connection is not"),

	SECURE_COOKIE_EXISTS("it would overlay a Secure cookie"),

	CROSS_SITE("the request is of another site"),

	NONE_NEEDS_SECURE("it is SameSite=None, but not Secure"),

	SECURE_PREFIX("it is named __Secure-, but is not Secure"),

	HOST_PREFIX("it is named __Host-, but is not Secure, for its host only, and for path /"),

	PREFIX_IN_VALUE("it has no name, and its value begins as __Secure- or __Host-");

	private final String text;

	Refusal(String text) {
		this.text = text;
	}

	@Override
	public String toString() {
		return this.text;
	}

}
