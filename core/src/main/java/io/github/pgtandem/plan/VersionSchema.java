package io.github.pgtandem.plan;

import static io.github.pgtandem.schema.Identifiers.id;
import static io.github.pgtandem.schema.Identifiers.literal;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Statements that make and remove version schemas. */
final class VersionSchema {

    private VersionSchema() {}

    /**
     * Makes a version's schema with its views, in place of the errors that it may answer with. Whoever may use the base
     * schema may use it; nobody may create in it.
     */
    static List<String> create(Model model, Version version, Set<String> bare) {
        String schema = String.valueOf(version.schema());
        List<String> statements = new ArrayList<>();
        model.retired().stream().filter(r -> r.schema().equals(schema)).forEach(r -> statements.addAll(r.drops()));
        statements.add("CREATE SCHEMA IF NOT EXISTS " + id(schema));
        statements.add("SELECT pgtandem.share_schema(" + literal(model.baseSchema()) + ", " + literal(schema) + ")");
        for (String table : model.touched()) {
            for (View view : Views.of(model, version, table, bare)) {
                statements.add(view.drop(schema));
                statements.addAll(view.create(model.baseSchema(), schema));
            }
        }
        StandingObjects.of(model, version).forEach(o -> statements.addAll(o.create()));
        return statements;
    }

    /** Removes a schema that holds nothing but ours; what somebody else put there stays, with the schema. */
    static String drop(String schema) {
        return "SELECT pgtandem.drop_schema(" + literal(schema) + ")";
    }
}
