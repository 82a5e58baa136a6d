package io.github.pgtandem.plan;

import io.github.pgtandem.Act;
import java.util.List;

/**
 * An act as planned: ordered steps, and the model that holds once they are done. The last step is always a transaction,
 * in which the new model is recorded.
 *
 * @param act which act
 * @param migrations the migrations it covers
 * @param steps in order
 * @param after the model afterwards
 */
public record Plan(Act act, List<String> migrations, List<Step> steps, Model after) {

    public Plan {
        migrations = List.copyOf(migrations);
        steps = List.copyOf(steps);
    }
}
