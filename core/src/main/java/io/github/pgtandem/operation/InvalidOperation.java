package io.github.pgtandem.operation;

/** An operation that does not fit the schema it meets; the fold adds file and line. */
public final class InvalidOperation extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String field;
    private final String problem;
    private final String remedy;

    /**
     * @param field the field at fault, or empty for the whole operation
     * @param problem what is wrong
     * @param remedy what to write instead
     */
    public InvalidOperation(String field, String problem, String remedy) {
        super(problem + "\n" + remedy);
        this.field = field;
        this.problem = problem;
        this.remedy = remedy;
    }

    public String field() {
        return field;
    }

    public String problem() {
        return problem;
    }

    public String remedy() {
        return remedy;
    }
}
