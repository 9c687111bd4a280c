package io.github.springxhr.observation;

import io.github.springxhr.XhrListener.Result;
import io.github.springxhr.http.FetchFailure;
import io.github.springxhr.http.UriTemplates;
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

	@Override
	public String getName() {
		return "xhr.requests";
	}

	@Override
	public String getContextualName(XhrObservationContext context) {
		MethodTag method = MethodTag.of(context.getMethod());
		String name = (method != MethodTag.OTHER) ? method.tag() : "HTTP";
		String path = UriTemplates.path(context.getUriTemplate());
		return (path != null) ? name + " " + path : name;
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
		String path = UriTemplates.path(uriTemplate);
		return (path != null) ? path : KeyValue.NONE_VALUE;
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
