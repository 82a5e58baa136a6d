package io.github.pgtandem.plan;

import io.github.pgtandem.PgTandemException;
import io.github.pgtandem.change.AlteredEnum;
import io.github.pgtandem.change.Change;
import io.github.pgtandem.change.MovedColumns;
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
import java.util.regex.Pattern;
import java.util.stream.Stream;

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

    /**
     * Types that go to a version that gets a schema late: those of which nobody else has one, as a rollback has left them.
     *
     * @throws PgTandemException where a newer version has one, which this one would not find
     */
    static List<AlteredEnum> servedWith(Model model, String version, String schema) {
        List<AlteredEnum> altered = model.versions().subList(0, model.position(version) + 1).stream()
                .flatMap(v -> of(v).stream())
                .filter(e -> !e.place().equals(schema))
                .toList();
        for (AlteredEnum each : altered) {
            model.versions().stream()
                    .filter(v -> each.place().equals(v.schema()))
                    .findFirst()
                    .ifPresent(v -> {
                        throw new PgTandemException(
                                "version " + version + " cannot be used beside " + v.name() + ": its enum type \""
                                        + each.type().name() + "\" is found by instances of " + v.name() + " only.",
                                "Deploy the build of " + v.name() + ", or roll back to " + version + " first.");
                    });
        }
        return altered.stream().map(e -> e.at(schema)).toList();
    }

    /** A change with its type where instances find it now. */
    static Change moved(Change change, List<AlteredEnum> served) {
        return served.stream()
                .filter(e -> change instanceof AlteredEnum old && e.equals(old.at(e.place())))
                .findFirst()
                .map(e -> (Change) e)
                .orElse(change);
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
    void add(List<Change> changes) {
        boolean moves = changes.stream().anyMatch(MovedColumns.class::isInstance);
        changes.forEach(c -> add(c, moves));
    }

    private void add(Change change, boolean moves) {
        if (change instanceof AlteredEnum altered) {
            own.add(altered);
        }
        for (Column column : change.columns()) {
            String type = column.type().replaceFirst("(\\s*\\[\\d*])+$", "");
            before.stream()
                    .filter(e -> e.type().isNamed(type) || moves && e.made().equals(type))
                    .findFirst()
                    .ifPresent(e -> {
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
        return Stream.of(
                        altered.place() + "." + altered.type().name(),
                        altered.base() + "." + altered.stored(),
                        altered.type().type().replace("\"", ""))
                .anyMatch(name -> Pattern.compile(
                                "(?<![\\w$.])" + Pattern.quote(name) + "(?![\\w$])", Pattern.UNICODE_CHARACTER_CLASS)
                        .matcher(text)
                        .find());
    }
}
