package io.github.pgtandem.plan;

import io.github.pgtandem.migration.Fields;
import io.github.pgtandem.migration.InvalidInput;
import io.github.pgtandem.migration.Location;
import io.github.pgtandem.migration.ParsedMigrations;
import io.github.pgtandem.migration.ParsedOperation;
import io.github.pgtandem.operation.InvalidOperation;
import io.github.pgtandem.operation.Operation;
import io.github.pgtandem.schema.Schema;
import java.util.ArrayList;
import java.util.List;

/**
 * All that is wrong with a release. Once an operation has failed, what it would have made, renamed or dropped is in
 * doubt; a later operation that names it and fails, too, most likely fails for that, and is left out.
 */
final class Problems {

    private final List<InvalidInput> found = new ArrayList<>();
    private final List<Doubt> doubts = new ArrayList<>();

    /**
     * A name that may or may not be there.
     *
     * @param table as the file calls the table that it is part of, or empty where it is none
     * @param stored the table's stored name, which stays the same when the table is renamed; empty where it is unknown
     */
    private record Doubt(String table, String stored, String name) {

        boolean concerns(ParsedOperation operation, Schema schema) {
            if (!operation.mentions(name)) {
                return false;
            }
            // An index, say, is dropped by its name alone.
            return table.isEmpty()
                    || operation.mentions(table)
                    || operation.table().isEmpty() && operation.subjects().contains(name)
                    || schema.findStored(stored)
                            .filter(t -> operation.mentions(t.name()))
                            .isPresent();
        }
    }

    void add(InvalidInput problem) {
        found.add(problem);
    }

    /** An operation has failed on the schema that it met. */
    void add(ParsedOperation parsed, Operation operation, InvalidOperation failure, Schema schema) {
        if (doubts.stream().noneMatch(d -> d.concerns(parsed, schema))) {
            Location at = failure.field().isEmpty() ? parsed.location() : at(parsed.fields(), failure.field());
            found.add(new InvalidInput(at, operation.subject() + ": " + failure.problem(), failure.remedy()));
        }
        String stored = schema.find(parsed.table()).map(t -> t.stored()).orElse("");
        parsed.subjects().forEach(name -> doubts.add(new Doubt(parsed.table(), stored, name)));
    }

    /** Where a field stands, or as near to it as the file is written. */
    private static Location at(Fields fields, String field) {
        int dot = field.indexOf('.');
        String first = dot < 0 ? field : field.substring(0, dot);
        String rest = field.substring(dot + 1);
        if (dot > 0 && fields.isObject(first)) {
            return at(fields.object(first), rest);
        }
        if (dot > 0 && fields.isList(first)) {
            String[] entry = rest.split("\\.", 2);
            Fields found = fields.objects(first).get(Integer.parseInt(entry[0]));
            return entry.length == 1 ? found.location() : at(found, entry[1]);
        }
        return !fields.has(first) && fields.isObject("column")
                ? at(fields.object("column"), field)
                : fields.location(first);
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    /** @throws io.github.pgtandem.InvalidMigrationException with all of them, if there are any */
    void report() {
        if (!found.isEmpty()) {
            throw ParsedMigrations.report(found);
        }
    }
}
