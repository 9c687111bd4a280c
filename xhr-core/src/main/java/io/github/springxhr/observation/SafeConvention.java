package io.github.springxhr.observation;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * The application's convention, replaced by the default one where it throws or returns
 * {@code null}: an observation whose keys cannot be had would not be stopped, and its
 * request never be recorded. A warning says so once.
 */
final class SafeConvention implements XhrObservationConvention {

	private static final Log logger = LogFactory.getLog(XhrObservationConvention.class);

	private final XhrObservationConvention own;

	private final XhrObservationConvention otherwise = new DefaultXhrObservationConvention();

	private final AtomicBoolean warned = new AtomicBoolean();

	SafeConvention(XhrObservationConvention own) {
		this.own = own;
	}

	@Override
	public boolean supportsContext(Observation.Context context) {
		return this.own.supportsContext(context);
	}

	@Override
	public @Nullable String getName() {
		return ask(XhrObservationConvention::getName);
	}

	@Override
	public @Nullable String getContextualName(XhrObservationContext context) {
		return ask((convention) -> convention.getContextualName(context));
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(XhrObservationContext context) {
		KeyValues keys = ask((convention) -> convention.getLowCardinalityKeyValues(context));
		return (keys != null) ? keys : KeyValues.empty();
	}

	@Override
	public KeyValues getHighCardinalityKeyValues(XhrObservationContext context) {
		KeyValues keys = ask((convention) -> convention.getHighCardinalityKeyValues(context));
		return (keys != null) ? keys : KeyValues.empty();
	}

	private <T> @Nullable T ask(Function<XhrObservationConvention, @Nullable T> question) {
		RuntimeException failure = null;
		try {
			T answer = question.apply(this.own);
			if (answer != null) {
				return answer;
			}
		}
		catch (RuntimeException ex) {
			failure = ex;
		}
		if (this.warned.compareAndSet(false, true)) {
			logger.warn("The convention " + this.own.getClass().getName()
					+ " throws or returns null; the default one takes its place there", failure);
		}
		return question.apply(this.otherwise);
	}

}
