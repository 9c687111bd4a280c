package io.github.springxhr.observation;

import java.util.regex.Pattern;

import io.github.springxhr.XhrListener.Result;
import io.github.springxhr.http.FetchFailure;
import io.github.springxhr.observation.XhrObservationDocumentation.HighCardinalityKeyNames;
import io.github.springxhr.observation.XhrObservationDocumentation.LowCardinalityKeyNames;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;

/**
 * Names the observation {@code xhr.requests} and its span by method and URL template,
 * such as {@code GET /orders/{id}}; gives it the keys of
 * {@link XhrObservationDocumentation}, and all of them in each case.
 *
 * @since 0.1.0
 */
public class DefaultXhrObservationConvention implements XhrObservationConvention {

	private static final String OTHER = "other";

	/** What a user name and password could be in. */
	private static final Pattern SCHEME_AND_AUTHORITY = Pattern
		.compile("^(?:[A-Za-z][A-Za-z0-9+.-]*:)?[/\\\\]{2,}[^/\\\\?#]*");

	@Override
	public String getName() {
		return "xhr.requests";
	}

	@Override
	public String getContextualName(XhrObservationContext context) {
		MethodTag method = MethodTag.of(context.getMethod());
		String name = (method != MethodTag.OTHER) ? method.tag() : "HTTP";
		return (context.getUriTemplate() != null) ? name + " " + uri(context.getUriTemplate()) : name;
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(XhrObservationContext context) {
		Result result = context.getResult();
		return KeyValues.of(LowCardinalityKeyNames.CLIENT.withValue(context.getClient()),
				LowCardinalityKeyNames.METHOD.withValue(MethodTag.of(context.getMethod()).tag()),
				LowCardinalityKeyNames.URI.withValue(uri(context.getUriTemplate())),
				LowCardinalityKeyNames.STATUS.withValue(status(context.getStatus())),
				LowCardinalityKeyNames.OUTCOME
					.withValue((result != null) ? result.outcome().tag() : KeyValue.NONE_VALUE),
				LowCardinalityKeyNames.EXCEPTION.withValue(exception((result != null) ? result.failure() : null)));
	}

	@Override
	public KeyValues getHighCardinalityKeyValues(XhrObservationContext context) {
		return KeyValues.of(HighCardinalityKeyNames.BACKGROUND.withValue(Boolean.toString(context.isBackground())));
	}

	private static String uri(@Nullable String uriTemplate) {
		if (uriTemplate == null) {
			return KeyValue.NONE_VALUE;
		}
		String path = SCHEME_AND_AUTHORITY.matcher(uriTemplate).replaceFirst("").split("[?#]", 2)[0];
		return path.isEmpty() ? "/" : path;
	}

	private static String status(int status) {
		if (status == 0) {
			return KeyValue.NONE_VALUE;
		}
		return (HttpStatus.resolve(status) != null) ? Integer.toString(status) : OTHER;
	}

	private static String exception(@Nullable FetchFailure failure) {
		return (failure != null) ? failure.kind().tag() : KeyValue.NONE_VALUE;
	}

}
