package io.github.pgtandem.plan;

import static io.github.pgtandem.schema.Identifiers.id;
import static io.github.pgtandem.schema.Identifiers.literal;

import io.github.pgtandem.schema.Column;
import io.github.pgtandem.schema.Identifiers;
import io.github.pgtandem.schema.Table;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The filling of one table's shadow columns, all in one pass.
 *
 * @param schema base schema
 * @param table stored name
 * @param update an UPDATE up to its condition, cut where the name of the table stands that holds the rows
 * @param missing condition that a shadow column is not filled
 * @param stripe SQL for a number that stays with the row, or empty where there is none
 * @param closing what ends the statement behind the condition
 * @param locking how the rows of a batch are locked before its statement looks at them, or empty
 * @param changing what ends the statement where rows are left out whose values stay missing, or empty
 */
public record Backfill(
        String schema,
        String table,
        List<String> update,
        String missing,
        String stripe,
        String closing,
        String locking,
        String changing) {

    private static final String ROW = Identifiers.PREFIX + "row";

    public Backfill {
        update = List.copyOf(update);
        // It was not written before there was any.
        locking = locking == null ? "" : locking;
        changing = changing == null ? "" : changing;
    }

    static Backfill of(Model model, Table storage, List<Link> links) {
        List<List<Link>> levels = levels(links);
        Set<String> targets = links.stream().map(Link::target).collect(Collectors.toCollection(LinkedHashSet::new));
        String missing =
                targets.stream().map(t -> "new." + id(t) + " IS NULL").collect(Collectors.joining(" OR ", "(", ")"));
        String stripe = stripe(storage);
        if (levels.size() == 1) {
            String set =
                    links.stream().map(l -> id(l.target()) + " = " + value(l)).collect(Collectors.joining(",\n    "));
            List<String> update = List.of("UPDATE ", " AS new SET\n    " + set + "\nWHERE ");
            String changing = links.stream()
                    .map(l -> "(new." + id(l.target()) + " IS NULL AND ("
                            + l.expression().on("new") + ") IS NULL IS FALSE)")
                    .collect(Collectors.joining(" OR ", "\n    AND (", ")"));
            return new Backfill(model.baseSchema(), storage.stored(), update, missing, stripe, "", "", changing);
        }
        return chained(model, storage, links, levels, targets, missing, stripe);
    }

    /** A column computed from another new one needs that one's value first: one sub-select a level. */
    private static Backfill chained(
            Model model,
            Table storage,
            List<Link> links,
            List<List<Link>> levels,
            Set<String> targets,
            String missing,
            String stripe) {
        Set<String> columns = new TreeSet<>(targets);
        links.forEach(l -> columns.addAll(l.expression().columns()));
        StringBuilder open = new StringBuilder();
        StringBuilder close = new StringBuilder();
        for (int i = levels.size() - 1; i >= 0; i--) {
            open.append("SELECT new.").append(ROW);
            for (String column : columns) {
                String value = levels.get(i).stream()
                        .filter(l -> l.target().equals(column))
                        .findFirst()
                        .map(Backfill::value)
                        .orElse("new." + id(column));
                open.append(",\n    ").append(value).append(" AS ").append(id(column));
            }
            open.append("\nFROM (");
            close.append(") AS new");
        }
        String set = targets.stream().map(t -> id(t) + " = new." + id(t)).collect(Collectors.joining(", "));
        List<String> update = List.of(
                "UPDATE ",
                " AS stored SET " + set + "\nFROM (" + open + "SELECT new.ctid AS " + ROW + ", "
                        + columns.stream().map(c -> "new." + id(c)).collect(Collectors.joining(", ")) + "\nFROM ",
                " AS new\nWHERE ");
        return new Backfill(
                model.baseSchema(),
                storage.stored(),
                update,
                missing,
                stripe,
                close + ") AS new\nWHERE stored.ctid = new." + ROW,
                "",
                targets.stream()
                        .map(t -> "(stored." + id(t) + " IS NULL AND new." + id(t) + " IS NULL IS FALSE)")
                        .collect(Collectors.joining(" OR ", "\n    AND (", ")")));
    }

    /** A value that somebody has filled already is left alone. */
    private static String value(Link link) {
        String target = "new." + id(link.target());
        return "CASE WHEN " + target + " IS NULL THEN (" + link.expression().on("new") + ")::" + link.type() + " ELSE "
                + target + " END";
    }

    /** Links in groups, none of which reads what another link of its group or a later one gives. */
    private static List<List<Link>> levels(List<Link> links) {
        List<List<Link>> levels = new ArrayList<>();
        Set<String> open = new TreeSet<>();
        for (Link link : links) {
            boolean reads = link.expression().columns().stream().anyMatch(open::contains);
            if (levels.isEmpty() || reads || open.contains(link.target())) {
                levels.add(new ArrayList<>());
                open.clear();
            }
            levels.get(levels.size() - 1).add(link);
            open.add(link.target());
        }
        return levels;
    }

    /** SQL for a number that stays with a row of a table, or empty where there is none. */
    static String stripe(Table storage) {
        List<String> key = storage.primaryKey();
        if (key.isEmpty()) {
            return "";
        }
        String type = key.size() > 1
                ? ""
                : storage.findStored(key.get(0)).map(Column::type).orElse("");
        if (type.equals("integer") || type.equals("bigint") || type.equals("smallint")) {
            return "new." + id(key.get(0));
        }
        return "hashtext(" + key.stream().map(k -> "new." + id(k) + "::text").collect(Collectors.joining(" || ")) + ")";
    }

    /**
     * The statement for one batch.
     *
     * @param part quoted name of the table itself, or of the partition that holds the rows
     * @param fromPage first page
     * @param toPage page behind the last
     * @param stripe which of {@code stripes} parts, or all rows where {@code stripes} is 1
     */
    public String batch(String part, long fromPage, long toPage, int stripe, int stripes) {
        return batch(part, within(fromPage, toPage, stripe, stripes) + " AND " + missing);
    }

    /** The statement for pages that were filled before: rows whose values are to be missing are left alone. */
    public String sweep(String part, long fromPage, long toPage) {
        return batch(part, fromPage, toPage, 0, 1) + changing;
    }

    /**
     * A query whether a row is left that {@link #sweep} would fill, in one look at the whole table; or empty where that
     * cannot be told from the row.
     */
    public Optional<String> isAnyLeft() {
        return changing.isEmpty() && locking.isEmpty()
                ? Optional.empty()
                : Optional.of("SELECT EXISTS (SELECT FROM " + name() + " AS new WHERE " + missing
                        + (closing.isEmpty() ? changing : "") + ")");
    }

    /** The same as {@link #batch}, but leaves out rows that somebody else has locked; only where {@link #maySkip()}. */
    public String batchOfFree(String part, long fromPage, long toPage, int stripe, int stripes) {
        String which = within(fromPage, toPage, stripe, stripes) + " AND " + missing;
        return batch(
                part,
                which + " AND new.ctid = ANY (ARRAY(SELECT new.ctid FROM " + part + " AS new WHERE " + which
                        + " FOR NO KEY UPDATE SKIP LOCKED))");
    }

    private String batch(String part, String which) {
        return String.join(part, update) + which + closing;
    }

    /** Whether rows can be left for later: not where it is rows of another table that a batch makes. */
    public boolean maySkip() {
        return locking.isEmpty();
    }

    /** The statement before that of {@link #batch}, with the same arguments, or empty. */
    public Optional<String> lock(String part, long fromPage, long toPage, int stripe, int stripes) {
        return locking.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "SELECT FROM " + part + " AS new WHERE " + within(fromPage, toPage, stripe, stripes) + locking);
    }

    /**
     * A query that reads pages as others would, for what PostgreSQL notes of a row when it is first read; it gives how
     * many pages there are.
     *
     * @param behind a page from which on all are read, too
     */
    public static String read(String part, long fromPage, long toPage, long behind) {
        String count = "(SELECT count(*) FROM " + part + " AS new WHERE ";
        return "SELECT pg_relation_size(" + literal(part) + ") / current_setting('block_size')::bigint AS pages, "
                + count + pages(fromPage, toPage) + ") AS filled, " + count + from(behind) + ") AS grown";
    }

    private String within(long fromPage, long toPage, int stripe, int stripes) {
        String only = stripes == 1 || this.stripe.isEmpty()
                ? ""
                : " AND abs(" + this.stripe + " % " + stripes + ") = " + stripe;
        return pages(fromPage, toPage) + only;
    }

    private static String pages(long fromPage, long toPage) {
        return from(fromPage) + " AND new.ctid < '(" + toPage + ",0)'";
    }

    private static String from(long page) {
        return "new.ctid >= '(" + page + ",0)'";
    }

    /** The table, quoted. */
    public String name() {
        return id(schema, table);
    }

    /** Whether rows can be told apart into stripes. */
    public boolean striped() {
        return !stripe.isEmpty();
    }

    /** The table as {@code regclass} takes it. */
    public String regclass() {
        return literal(id(schema, table));
    }
}
