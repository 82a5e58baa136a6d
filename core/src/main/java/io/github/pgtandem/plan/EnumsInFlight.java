package io.github.pgtandem.plan;

import io.github.pgtandem.change.AlteredEnum;
import io.github.pgtandem.change.Change;
import io.github.pgtandem.migration.InvalidInput;
import io.github.pgtandem.migration.ParsedMigration;
import io.github.pgtandem.operation.InvalidOperation;
import io.github.pgtandem.schema.Column;
import io.github.pgtandem.schema.EnumType;
import io.github.pgtandem.schema.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Enum types that have been altered and not completed. Such a type is in the schema of one version; whatever else would
 * name it, or the one whose place it takes, is refused until then.
 */
final class EnumsInFlight {

    private final List<AlteredEnum> before = new ArrayList<>();
    private final List<AlteredEnum> own = new ArrayList<>();

    EnumsInFlight(Model model) {
        model.versions().forEach(v -> before.addAll(of(v)));
    }

    /** Those that a version's migration has altered. */
    static List<AlteredEnum> of(Version version) {
        return version.changes().stream()
                .filter(AlteredEnum.class::isInstance)
                .map(AlteredEnum.class::cast)
                .toList();
    }

    /** What the first migration of a release meets. */
    Schema start(Schema newest, String place) {
        Map<String, EnumType> free = new LinkedHashMap<>(newest.enums());
        before.forEach(e -> free.remove(e.type().name()));
        return newest.withEnums(free).at(place);
    }

    /** Another version schema than the one that holds the type would find the old type under its name. */
    void refuseOtherRelease(List<ParsedMigration> migrations, String place, Problems problems) {
        for (AlteredEnum altered : before) {
            if (!altered.place().equals(place)) {
                migrations.stream()
                        .flatMap(m -> m.operations().stream())
                        .findFirst()
                        .ifPresent(first -> problems.add(new InvalidInput(
                                first.location(),
                                "enum type \"" + altered.type().name()
                                        + "\" is being altered by a migration that is not completed, and each version"
                                        + " finds its own type in its own schema, which a further one cannot share.",
                                "Complete that migration first.")));
            }
        }
    }

    /** An operation begins. */
    void next() {
        before.addAll(own);
        own.clear();
    }

    /** What an operation changes. */
    void add(Change change) {
        if (change instanceof AlteredEnum altered) {
            own.add(altered);
        }
        for (Column column : change.columns()) {
            String type = column.type().replaceFirst("(\\s*\\[\\d*])+$", "");
            before.stream().filter(e -> e.type().isNamed(type)).findFirst().ifPresent(e -> {
                throw new InvalidOperation(
                        "column",
                        "column \"" + column.name() + "\" is of enum type \""
                                + e.type().name() + "\", which is altered by an operation before this one.",
                        "Put this operation before that one, or ship it in a later release, once that is completed.");
            });
        }
    }

    /** Whether a type is one that takes the place of another. */
    boolean isNew(String type) {
        return all().stream().anyMatch(e -> e.made().equals(type));
    }

    /** A translation would lose the type when that goes to another schema. */
    void check(Link link, String field) {
        String sql = link.expression().on("");
        before.stream().filter(e -> isNamed(sql, e)).findFirst().ifPresent(e -> {
            throw new InvalidOperation(
                    field,
                    field + " uses enum type \"" + e.type().name() + "\", which an operation before this one alters.",
                    "Cast the column to text, as in state::text = 'done', or ship it in a later release, once that is"
                            + " completed.");
        });
    }

    /** Views and functions of versions that use the type. */
    void refuseObjects(Schema after, ParsedMigration migration, Problems problems) {
        for (AlteredEnum altered : all()) {
            after.objects().stream()
                    .filter(o -> isNamed(o.toString(), altered))
                    .findFirst()
                    .ifPresent(o -> problems.add(new InvalidInput(
                            migration.operations().get(0).location(),
                            "enum type \"" + altered.type().name() + "\" is altered while " + o.label()
                                    + " of the version uses it.",
                            "Let the view or function cast the values to text, or ship it in a release of its own.")));
        }
    }

    private List<AlteredEnum> all() {
        List<AlteredEnum> all = new ArrayList<>(before);
        all.addAll(own);
        return all;
    }

    private static boolean isNamed(String sql, AlteredEnum altered) {
        String text = sql.replace("\"", "");
        return text.contains(altered.place() + "." + altered.type().name())
                || text.contains(altered.base() + "." + altered.stored())
                || text.contains(altered.type().type().replace("\"", ""));
    }
}
