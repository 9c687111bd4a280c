package io.github.springxhr.document;

import java.util.Map;

import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;

import org.jspecify.annotations.Nullable;
import org.xml.sax.ErrorHandler;
import org.xml.sax.SAXParseException;

/**
 * Makes parsers for XML from strangers. They are the JDK's own, whatever other parser is
 * on the class path, fetch nothing, and give up on documents made to exhaust a machine.
 */
final class SafeXml {

	static final int MAX_DEPTH = 512;

	private static final String FEATURES = "http://apache.org/xml/features/";

	/**
	 * DOCTYPE is allowed, what it refers to is not fetched. A deferred document would be
	 * changed by being read, so that it could not be read by two threads.
	 */
	private static final Map<String, Boolean> FEATURE_VALUES = Map.of(XMLConstants.FEATURE_SECURE_PROCESSING, true,
			"http://xml.org/sax/features/external-general-entities", false,
			"http://xml.org/sax/features/external-parameter-entities", false,
			FEATURES + "nonvalidating/load-external-dtd", false, FEATURES + "dom/defer-node-expansion", false);

	/**
	 * Limits of the JDK. Sizes are in characters: 1,000 entities of the largest size
	 * allowed would be far more than the total.
	 */
	private static final Map<String, Integer> LIMITS = Map.of("entityExpansionLimit", 1_000, "elementAttributeLimit",
			10_000, "maxElementDepth", MAX_DEPTH, "maxXMLNameLimit", 1_000, "maxGeneralEntitySizeLimit", 1_000_000,
			"maxParameterEntitySizeLimit", 1_000_000, "totalEntitySizeLimit", 10_000_000, "entityReplacementLimit",
			1_000_000);

	private static final DocumentBuilderFactory FACTORY = createFactory();

	private SafeXml() {
	}

	/**
	 * Return a new parser, which is not thread-safe.
	 */
	static DocumentBuilder newDocumentBuilder() {
		try {
			// The JDK does not promise that a factory is thread-safe.
			synchronized (FACTORY) {
				DocumentBuilder builder = FACTORY.newDocumentBuilder();
				builder.setErrorHandler(new SilentErrorHandler());
				return builder;
			}
		}
		catch (ParserConfigurationException ex) {
			throw new IllegalStateException("The JDK's XML parser cannot be configured", ex);
		}
	}

	private static DocumentBuilderFactory createFactory() {
		DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
		factory.setXIncludeAware(false);
		factory.setValidating(false);
		factory.setCoalescing(false);
		factory.setIgnoringComments(false);
		factory.setExpandEntityReferences(true);
		FEATURE_VALUES.forEach((name, value) -> setFeature(factory, name, value));
		factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");
		factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
		LIMITS.forEach((name, value) -> factory.setAttribute("jdk.xml." + name, value.toString()));
		return factory;
	}

	private static void setFeature(DocumentBuilderFactory factory, String name, boolean value) {
		try {
			factory.setFeature(name, value);
		}
		catch (ParserConfigurationException ex) {
			throw new IllegalStateException("The JDK's XML parser has no feature " + name, ex);
		}
	}

	/**
	 * Writes nothing to {@code System.err}, as the parser would do by itself.
	 */
	private static final class SilentErrorHandler implements ErrorHandler {

		@Override
		public void warning(@Nullable SAXParseException ex) {
		}

		@Override
		public void error(@Nullable SAXParseException ex) {
		}

		@Override
		public void fatalError(SAXParseException ex) throws SAXParseException {
			throw ex;
		}

	}

}
