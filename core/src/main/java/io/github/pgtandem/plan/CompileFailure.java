package io.github.pgtandem.plan;

/** What PostgreSQL said against an operation. */
public final class CompileFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String remedy;

    public CompileFailure(String problem, String remedy) {
        super(problem);
        this.remedy = remedy;
    }

    public CompileFailure(String problem, String remedy, Throwable cause) {
        super(problem, cause);
        this.remedy = remedy;
    }

    public String remedy() {
        return remedy;
    }
}
