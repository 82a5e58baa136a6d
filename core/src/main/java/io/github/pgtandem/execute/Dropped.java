package io.github.pgtandem.execute;

import io.github.pgtandem.plan.Plan;
import io.github.pgtandem.plan.Step;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What planned statements drop, in quoted names. */
record Dropped(Set<String> views, Set<String> functions, Set<String> tables, Set<Part> parts) {

    private static final String NAME = "\"(?:[^\"]++|\"\")++\"";
    private static final String RELATION = NAME + "\\." + NAME;

    /** As we write it, and no SQL of an author's, which may drop several at once. */
    private static final Pattern WHOLE = Pattern.compile(
            "DROP (VIEW|FUNCTION|TABLE) IF EXISTS (" + RELATION + "|(?<=FUNCTION IF EXISTS ).+)", Pattern.DOTALL);

    private static final Pattern PART = Pattern.compile("ALTER TABLE (?:IF EXISTS )?(?:ONLY )?(" + RELATION
            + ") DROP (COLUMN|CONSTRAINT) (?:IF EXISTS )?(" + NAME + ")");

    /** A column of a table, or a constraint. */
    record Part(String table, boolean column, String name) {}

    static Dropped by(Plan plan) {
        return by(plan.steps().stream().flatMap(s -> s.statements().stream()).toList());
    }

    static Dropped by(Step step) {
        return by(step.statements());
    }

    private static Dropped by(List<String> statements) {
        Dropped dropped =
                new Dropped(new LinkedHashSet<>(), new LinkedHashSet<>(), new LinkedHashSet<>(), new LinkedHashSet<>());
        statements.forEach(dropped::add);
        return dropped;
    }

    private void add(String statement) {
        Matcher whole = WHOLE.matcher(statement);
        Matcher part = PART.matcher(statement);
        if (whole.matches()) {
            (switch (whole.group(1)) {
                        case "VIEW" -> views;
                        case "FUNCTION" -> functions;
                        default -> tables;
                    })
                    .add(whole.group(2));
        } else if (part.matches()) {
            parts.add(new Part(part.group(1), part.group(2).equals("COLUMN"), part.group(3)));
        }
    }

    /** Tables, and columns of tables. */
    Set<String> stored() {
        Stream<String> columns = parts.stream().filter(Part::column).map(p -> p.table() + "." + p.name());
        return Stream.concat(tables.stream(), columns).collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
