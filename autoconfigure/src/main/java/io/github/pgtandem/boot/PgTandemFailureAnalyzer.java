package io.github.pgtandem.boot;

import io.github.pgtandem.PgTandemException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Tells why pgtandem refused the start, and what to do. */
final class PgTandemFailureAnalyzer extends AbstractFailureAnalyzer<PgTandemException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, PgTandemException cause) {
        return new FailureAnalysis(cause.problem(), cause.remedy(), cause);
    }
}
