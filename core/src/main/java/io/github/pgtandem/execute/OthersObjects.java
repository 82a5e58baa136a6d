package io.github.pgtandem.execute;

import static io.github.pgtandem.schema.Identifiers.id;

import io.github.pgtandem.Act;
import io.github.pgtandem.Settings;
import io.github.pgtandem.catalog.CatalogReader;
import io.github.pgtandem.plan.ExpandPlan;
import io.github.pgtandem.plan.MadeByHand;
import io.github.pgtandem.plan.Model;
import io.github.pgtandem.plan.Plan;
import io.github.pgtandem.plan.Step;
import io.github.pgtandem.plan.Version;
import io.github.pgtandem.schema.Dependent;
import io.github.pgtandem.schema.Schema;
import io.github.pgtandem.schema.Table;
import io.github.pgtandem.state.Journal;
import io.github.pgtandem.state.StateStore;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.springframework.jdbc.core.JdbcTemplate;

/** What somebody else has put into version schemas, or made to depend on what is in them: it is never ours to drop. */
final class OthersObjects {

    /** Of a view, its own rule and our tombstone's trigger do not count, nor does what is dropped with it. */
    private static final String DEPENDENTS = """
            WITH gone AS (
              SELECT 'pg_class'::regclass AS classid, c.oid, g.name, c.reltype
              FROM unnest(?::text[]) AS g (name) JOIN pg_class c ON c.oid = to_regclass(g.name)
              UNION ALL
              SELECT 'pg_proc'::regclass, p.oid, g.name, 0
              FROM pg_proc p
              JOIN pg_namespace n ON n.oid = p.pronamespace
              JOIN unnest(?::text[]) AS g (name)
                ON g.name = '"' || replace(n.nspname, '"', '""') || '".' || quote_ident(p.proname)
                            || '(' || pg_get_function_identity_arguments(p.oid) || ')'
            ), used AS (
              SELECT classid, oid, name FROM gone
              UNION ALL
              SELECT 'pg_type'::regclass, x.oid, gone.name
              FROM gone
              JOIN pg_type t ON t.oid = gone.reltype
              CROSS JOIN LATERAL (VALUES (t.oid), (t.typarray)) AS x (oid)
            )
            SELECT DISTINCT pg_describe_object(o.classid, o.objid, o.objsubid) || ' uses ' || u.name
            FROM used u
            JOIN pg_depend d ON d.refclassid = u.classid AND d.refobjid = u.oid
            LEFT JOIN pg_rewrite w ON d.classid = 'pg_rewrite'::regclass AND w.oid = d.objid
            LEFT JOIN pg_trigger t ON d.classid = 'pg_trigger'::regclass AND t.oid = d.objid
            CROSS JOIN LATERAL (
              SELECT CASE WHEN w.rulename = '_RETURN' THEN 'pg_class'::regclass ELSE d.classid END AS classid,
                     CASE WHEN w.rulename = '_RETURN' THEN w.ev_class ELSE d.objid END AS objid,
                     CASE WHEN w.rulename = '_RETURN' THEN 0 ELSE d.objsubid END AS objsubid
            ) o
            WHERE (d.deptype = 'n' OR d.deptype = 'a' AND (w.oid IS NOT NULL OR t.oid IS NOT NULL))
              AND t.tgname IS DISTINCT FROM 'pgtandem_tombstone'
              AND NOT EXISTS (SELECT FROM gone g WHERE g.classid = o.classid AND g.oid = o.objid)
            ORDER BY 1
            """;

    private final JdbcTemplate jdbc;
    private final StateStore state;
    private final Settings settings;

    OthersObjects(JdbcTemplate jdbc, StateStore state, Settings settings) {
        this.jdbc = jdbc;
        this.state = state;
        this.settings = settings;
    }

    /** Why an act is refused, and what to do. */
    record Refusal(String problem, String remedy) {}

    /** Whether a plan would run into something of somebody else's. */
    Optional<Refusal> refusal(Model before, Plan plan) {
        Set<String> replaced = replaced(before, plan.after());
        if (!replaced.isEmpty()) {
            return Optional.of(new Refusal(
                    String.join(", ", replaced)
                            + " was not made by pgtandem, and stands where a view of a version belongs.",
                    "Move it to schema " + settings.schema() + " under another name, or drop it."));
        }
        Set<String> users = users(before, plan);
        if (users.isEmpty()) {
            return Optional.empty();
        }
        String them = users.size() == 1 ? "it" : "them";
        return Optional.of(new Refusal(
                "what it " + (plan.act() == Act.EXPAND ? "replaces" : "drops") + " is used: " + String.join("; ", users)
                        + ".",
                "Drop " + them + " and try again. Define " + them + " anew over tables of schema " + settings.schema()
                        + ", or with create_view, which gives each version its own."));
    }

    /** What stands where the model afterwards has a view of ours. */
    private Set<String> replaced(Model before, Model after) {
        Set<String> schemas = new TreeSet<>(state.versionSchemas());
        // It may have been kept when its version was rolled back.
        after.versions().stream().map(Version::schema).filter(Objects::nonNull).forEach(schemas::add);
        Set<String> others = in(schemas, before);
        others.retainAll(ExpandPlan.views(after, settings.overlayExclude()));
        return others;
    }

    /** Quoted names of relations in version schemas that are none of ours. */
    private Set<String> in(Collection<String> schemas, Model model) {
        Set<String> others = new TreeSet<>();
        jdbc.query(
                "SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
                        + " WHERE n.nspname = ANY (?)",
                row -> {
                    others.add(id(row.getString(1), row.getString(2)));
                },
                (Object) schemas.toArray(String[]::new));
        others.removeAll(ExpandPlan.views(model, settings.overlayExclude()));
        // A build with another setting has made them.
        others.removeAll(ExpandPlan.views(model, Set.of()));
        return others;
    }

    /** The same, also while an act is under way. */
    Set<String> in(List<String> schemas, Schema storage) {
        Set<String> others = state.model(storage).map(m -> in(schemas, m)).orElse(Set.of());
        if (!others.isEmpty()) {
            new Journal(jdbc, settings.schema())
                    .running()
                    .map(act -> state.modelAfter(act, storage))
                    .ifPresent(after -> others.retainAll(in(schemas, after)));
        }
        return others;
    }

    /**
     * Whether a complete or rollback would lose what somebody has made on a table in flight.
     *
     * @param plan until names in storage change: behind the author's SQL they are not those of the model
     */
    Optional<Refusal> loss(Model before, Plan plan) {
        return loss(MadeByHand.lostBy(plan, before, Dropped.by(plan).stored()));
    }

    /** The same of a step that is about to drop columns of a table, which nobody else can change any more. */
    Optional<Refusal> loss(Step step) {
        String table = String.valueOf(step.table());
        Table now = new CatalogReader(jdbc)
                .hangingOn(settings.schema(), Set.of(table))
                .get(table);
        Model running =
                state.model(new Schema(settings.schema(), Map.of(), Set.of())).orElseThrow();
        return loss(MadeByHand.lostBy(step, running, now, Dropped.by(step).stored()));
    }

    private static Optional<Refusal> loss(List<String> lost) {
        String them = lost.size() == 1 ? "it" : "them";
        return lost.isEmpty()
                ? Optional.empty()
                : Optional.of(new Refusal(
                        "what it drops was used by hand meanwhile: " + String.join("; ", lost) + ".",
                        "Drop " + them + " and try again. Make " + them + " again when it is done."));
    }

    /** What uses something that a plan drops, and what that is. */
    Set<String> users(Model before, Plan plan) {
        Dropped dropped = Dropped.by(plan);
        Set<String> users = new LinkedHashSet<>(ofStorage(before, dropped.stored()));
        List<String> own = state.versionSchemas().stream().map(s -> id(s) + ".").toList();
        // Others of ours are called by triggers, which go with them.
        String[] functions = dropped.functions().stream()
                .filter(f -> own.stream().anyMatch(f::startsWith))
                .toArray(String[]::new);
        users.addAll(jdbc.queryForList(DEPENDENTS, String.class, dropped.views().toArray(String[]::new), functions));
        return users;
    }

    private static List<String> ofStorage(Model before, Set<String> dropped) {
        return before.storage().tables().values().stream()
                .flatMap(table -> table.around().dependents().stream()
                        .filter(Dependent::blocksDrop)
                        .flatMap(d -> user(before.baseSchema(), table, d, dropped)))
                .toList();
    }

    private static Stream<String> user(String base, Table table, Dependent dependent, Set<String> dropped) {
        String name = id(base, table.stored());
        if (dropped.contains(name)) {
            return dependent.column().isEmpty() ? Stream.of(dependent.object() + " uses " + name) : Stream.empty();
        }
        String column = name + "." + id(dependent.column());
        return dropped.contains(column) ? Stream.of(dependent.object() + " uses column " + column) : Stream.empty();
    }
}
