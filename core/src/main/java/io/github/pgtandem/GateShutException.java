package io.github.pgtandem;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Complete or rollback was refused because instances that it would cut off are alive, or steps are not done. Nothing has changed. */
public final class GateShutException extends PgTandemException {

    private static final long serialVersionUID = 1L;

    private final transient List<Status.Instance> instances;

    public GateShutException(String problem, String remedy) {
        this(problem, remedy, List.of());
    }

    public GateShutException(String problem, String remedy, @Nullable Throwable cause) {
        super(problem, remedy, cause);
        this.instances = List.of();
    }

    public GateShutException(String problem, String remedy, List<Status.Instance> instances) {
        super(problem, remedy);
        this.instances = List.copyOf(instances);
    }

    /** The instances that would be cut off; empty where something else is in the way. */
    public List<Status.Instance> instances() {
        return instances;
    }
}
