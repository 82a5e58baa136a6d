package io.github.pgtandem.plan;

import io.github.pgtandem.Act;
import java.util.ArrayList;
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

    /** The same, of which each step knows what may go with the columns that it drops. */
    Plan knowing(Model before) {
        return new Plan(act, migrations, MadeByHand.known(steps, before), after);
    }

    /** This one and then another one of the same act, planned from where this one ends, as one. */
    Plan then(Plan next) {
        Steps all = new Steps();
        steps.stream()
                .filter(s ->
                        s.kind() != Step.Kind.TRANSACTION || !s.statements().isEmpty())
                .forEach(all::append);
        next.steps.forEach(all::append);
        List<String> names = new ArrayList<>(act == Act.ROLLBACK ? next.migrations : migrations);
        names.addAll(act == Act.ROLLBACK ? migrations : next.migrations);
        return new Plan(act, names, all.list(), next.after);
    }
}
