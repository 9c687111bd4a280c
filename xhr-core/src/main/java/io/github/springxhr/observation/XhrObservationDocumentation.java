package io.github.springxhr.observation;

import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.docs.ObservationDocumentation;

/**
 * The observations of this library and their key names.
 *
 * @since 0.1.0
 */
public enum XhrObservationDocumentation implements ObservationDocumentation {

	/**
	 * Observes a request from {@code send()} to {@code loadend}, redirects and the
	 * response's body included. It has no events, as each would become a counter.
	 */
	REQUESTS {

		@Override
		public Class<? extends ObservationConvention<? extends Observation.Context>> getDefaultConvention() {
			return DefaultXhrObservationConvention.class;
		}

		@Override
		public KeyName[] getLowCardinalityKeyNames() {
			return LowCardinalityKeyNames.values();
		}

		@Override
		public KeyName[] getHighCardinalityKeyNames() {
			return HighCardinalityKeyNames.values();
		}

	};

	/**
	 * The keys that spans have and meters have not.
	 */
	public enum HighCardinalityKeyNames implements KeyName {

		/**
		 * Whether the request is work in the background: {@code true} or {@code false}.
		 */
		BACKGROUND {

			@Override
			public String asString() {
				return "background";
			}

		}

	}

	/**
	 * The keys whose values are closed sets, the client's name and the URL templates of
	 * the application apart.
	 */
	public enum LowCardinalityKeyNames implements KeyName {

		/** The name of the factory that made the request. */
		CLIENT {

			@Override
			public String asString() {
				return "client";
			}

		},

		/**
		 * The HTTP method: {@code GET}, {@code HEAD}, {@code POST}, {@code PUT},
		 * {@code PATCH}, {@code DELETE}, {@code OPTIONS} or {@code other}.
		 */
		METHOD {

			@Override
			public String asString() {
				return "method";
			}

		},

		/**
		 * The URL template that the request was opened with, without scheme and host;
		 * {@code none} if it was opened with a URL.
		 */
		URI {

			@Override
			public String asString() {
				return "uri";
			}

		},

		/**
		 * The status code of the response, be its body complete or not; {@code other} if
		 * it is not registered, {@code none} if there was no response.
		 */
		STATUS {

			@Override
			public String asString() {
				return "status";
			}

		},

		/**
		 * How the request ended: the tag of an {@code XhrOutcome}; {@code none} while it
		 * is in flight.
		 */
		OUTCOME {

			@Override
			public String asString() {
				return "outcome";
			}

		},

		/**
		 * Why the request failed: the tag of a {@code FailureKind}; {@code none} if it
		 * did not fail or is in flight.
		 */
		EXCEPTION {

			@Override
			public String asString() {
				return "exception";
			}

		}

	}

}
