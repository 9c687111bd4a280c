package io.github.springxhr.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Says which annotation names a client that there is not.
 */
final class UnknownXhrClientFailureAnalyzer extends AbstractFailureAnalyzer<UnknownXhrClientException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, UnknownXhrClientException cause) {
		return new FailureAnalysis(cause.getMessage() + ".", "Correct the name in the annotation, or configure '"
				+ ClientNames.PREFIX + "." + cause.getClient() + "'.", cause);
	}

}
