package io.github.pgtandem.random;

import io.github.pgtandem.random.Shape.Column;
import io.github.pgtandem.random.Shape.Slot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes tables and migrations up. */
final class Generator {

    private static final int MOST_COLUMNS = 7;

    private final Random random;
    private int numbers;

    Generator(Random random) {
        this.random = random;
    }

    /** A table as it was before pgtandem. */
    Shape table() {
        List<Column> columns = new ArrayList<>();
        int count = 2 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            columns.add(new Column(next("c"), slot(any(Kind.values())), random.nextBoolean(), otherwise()));
        }
        return new Shape(next("t"), columns, Map.of());
    }

    static String create(Shape shape) {
        String columns = shape.columns().stream()
                .map(c -> ", " + c.name() + " " + c.slot().kind().sql() + (c.nullable() ? "" : " NOT NULL")
                        + (c.otherwise() == null
                                ? ""
                                : " DEFAULT " + c.slot().kind().literal(c.otherwise())))
                .collect(Collectors.joining());
        return "CREATE TABLE " + shape.name() + " (id bigint PRIMARY KEY" + columns + ")";
    }

    /** One operation that fits a table. */
    Step step(Shape table) {
        while (true) {
            Step step =
                    switch (random.nextInt(15)) {
                        case 0 -> renameTable(table);
                        case 1 -> renameColumn(table);
                        case 2 -> add(table);
                        case 3 -> drop(table);
                        case 4, 5, 6 -> alter(table);
                        case 7 -> index(table);
                        case 8 -> setDefault(table);
                        case 9 -> split(table);
                        case 10 -> merge(table);
                        case 11 -> check(table);
                        case 12 -> dropCheck(table);
                        case 13 -> replicaIdentity(table);
                        default -> sql(table);
                    };
            if (step != null) {
                return step;
            }
        }
    }

    private Step renameTable(Shape table) {
        String name = next("t");
        return new Step(
                "rename_table: {from: %s, to: %s}".formatted(table.name(), name),
                List.of("ALTER TABLE %s RENAME TO %s".formatted(table.name(), name)),
                table.named(name),
                List.of());
    }

    private Step renameColumn(Shape table) {
        Column column = any(table);
        String name = next("c");
        return new Step(
                "rename_column: {table: %s, from: %s, to: %s}".formatted(table.name(), column.name(), name),
                List.of("ALTER TABLE %s RENAME COLUMN %s TO %s".formatted(table.name(), column.name(), name)),
                table.with(column, column.named(name)),
                List.of());
    }

    private @Nullable Step add(Shape table) {
        if (table.columns().size() >= MOST_COLUMNS) {
            return null;
        }
        Kind kind = any(Kind.values());
        boolean computed = random.nextBoolean();
        Long otherwise = computed ? null : otherwise();
        boolean nullable = random.nextBoolean() || !computed && otherwise == null;
        Column column = new Column(next("c"), slot(kind), nullable, otherwise);
        List<Column> read = computed ? any(table, 1 + random.nextInt(2)) : List.of();
        Formula formula = computed ? formula(read.size()) : new Formula("NULL", 0, v -> otherwise);
        if (!nullable && computed) {
            formula = formula.or(value());
        }
        Link up = link(true, column, read, formula);
        String yaml = "add_column: {table: %s, %scolumn: {name: %s, type: %s, nullable: %s%s}}"
                .formatted(
                        table.name(),
                        computed ? "up: \"" + formula.sql(names(read), kind) + "\", " : "",
                        column.name(),
                        kind.sql(),
                        nullable,
                        otherwise == null ? "" : ", default: \"" + kind.literal(otherwise) + "\"");
        return new Step(
                yaml,
                List.of("ALTER TABLE %s ADD COLUMN %s %s%s%s"
                        .formatted(
                                table.name(),
                                column.name(),
                                kind.sql(),
                                nullable ? "" : " NOT NULL",
                                otherwise == null ? "" : " DEFAULT " + kind.literal(otherwise))),
                table.plus(column),
                List.of(up));
    }

    private @Nullable Step drop(Shape table) {
        if (table.columns().size() < 3) {
            return null;
        }
        Column column = any(table);
        Shape after = table.without(column);
        List<Column> read = any(after, 1 + random.nextInt(2));
        Formula formula = formula(read.size());
        if (!column.nullable()) {
            formula = formula.or(value());
        }
        return new Step(
                "drop_column: {table: %s, column: %s, down: \"%s\"}"
                        .formatted(
                                table.name(),
                                column.name(),
                                formula.sql(names(read), column.slot().kind())),
                List.of("ALTER TABLE %s DROP COLUMN %s".formatted(table.name(), column.name())),
                after,
                List.of(link(false, column, read, formula)));
    }

    /** Another type, or other values, or whether it may be null; there and back. */
    private @Nullable Step alter(Shape table) {
        Column column = any(table);
        if (column.otherwise() != null) {
            return null;
        }
        Kind kind = any(Kind.values());
        boolean nullable = random.nextInt(3) == 0 ? !column.nullable() : column.nullable();
        long by = 1 + random.nextInt(5);
        Formula up;
        Formula down;
        switch (random.nextInt(4)) {
            case 0 -> {
                up = Formula.same();
                down = Formula.same();
            }
            case 1 -> {
                up = Formula.plus(by);
                down = Formula.plus(-by);
            }
            case 2 -> {
                up = Formula.times(by);
                down = Formula.divided(by);
            }
            default -> {
                up = Formula.divided(by);
                down = Formula.times(by);
            }
        }
        Column after = column.in(slot(kind), nullable);
        up = nullable ? up : up.or(value());
        down = column.nullable() ? down : down.or(value());
        String yaml = "alter_column: {table: %s, column: %s, type: %s%s, up: \"%s\", down: \"%s\"}"
                .formatted(
                        table.name(),
                        column.name(),
                        kind.sql(),
                        nullable == column.nullable() ? "" : ", nullable: " + nullable,
                        up.sql(List.of(column.name()), kind),
                        down.sql(List.of(column.name()), column.slot().kind()));
        return new Step(
                yaml,
                List.of(
                        "ALTER TABLE %1$s ALTER %2$s TYPE %3$s USING (%2$s::text)::%3$s"
                                .formatted(table.name(), column.name(), kind.sql()),
                        "ALTER TABLE %s ALTER %s %s NOT NULL"
                                .formatted(table.name(), column.name(), nullable ? "DROP" : "SET")),
                table.with(column, after),
                List.of(link(true, after, List.of(column), up), link(false, column, List.of(after), down)));
    }

    private Step index(Shape table) {
        String name = next("i");
        List<String> columns = names(any(table, 1 + random.nextInt(2)));
        return new Step(
                "create_index: {table: %s, name: %s, columns: %s}".formatted(table.name(), name, columns),
                List.of("CREATE INDEX %s ON %s (%s)".formatted(name, table.name(), String.join(", ", columns))),
                table,
                List.of());
    }

    private Step setDefault(Shape table) {
        Column column = any(table);
        Long otherwise = column.otherwise() == null ? Long.valueOf(value()) : otherwise();
        String literal = otherwise == null ? null : column.slot().kind().literal(otherwise);
        return new Step(
                "alter_column: {table: %s, column: %s, default: %s}"
                        .formatted(table.name(), column.name(), literal == null ? "null" : "\"" + literal + "\""),
                List.of("ALTER TABLE %s ALTER %s %s"
                        .formatted(
                                table.name(),
                                column.name(),
                                literal == null ? "DROP DEFAULT" : "SET DEFAULT " + literal)),
                table.with(column, column.defaulting(otherwise)),
                List.of());
    }

    private @Nullable Step split(Shape table) {
        if (table.columns().size() >= MOST_COLUMNS) {
            return null;
        }
        Column old = any(table);
        Column one = new Column(next("c"), slot(any(Kind.values())), random.nextBoolean(), null);
        Column other = new Column(next("c"), slot(any(Kind.values())), random.nextBoolean(), null);
        Formula toOne = fitting(formula(1), one);
        Formula toOther = fitting(formula(1), other);
        Formula back = fitting(formula(2), old);
        List<Column> both = List.of(one, other);
        return new Step(
                "split_column: {table: %s, column: %s, into: [%s, %s], up: {%s: \"%s\", %s: \"%s\"}, down: \"%s\"}"
                        .formatted(
                                table.name(),
                                old.name(),
                                yaml(one),
                                yaml(other),
                                one.name(),
                                toOne.sql(names(List.of(old)), one.slot().kind()),
                                other.name(),
                                toOther.sql(names(List.of(old)), other.slot().kind()),
                                back.sql(names(both), old.slot().kind())),
                List.of(
                        added(table, one),
                        added(table, other),
                        "ALTER TABLE %s DROP COLUMN %s".formatted(table.name(), old.name())),
                table.without(old).plus(one).plus(other),
                List.of(
                        link(true, one, List.of(old), toOne),
                        link(true, other, List.of(old), toOther),
                        link(false, old, both, back)));
    }

    private @Nullable Step merge(Shape table) {
        if (table.columns().size() < 3) {
            return null;
        }
        List<Column> old = any(table, 2);
        Column one = old.get(0);
        Column other = old.get(1);
        Column merged = new Column(next("c"), slot(any(Kind.values())), random.nextBoolean(), null);
        Formula up = fitting(formula(2), merged);
        Formula toOne = fitting(formula(1), one);
        Formula toOther = fitting(random.nextBoolean() ? formula(1) : Formula.constant(value()), other);
        List<Column> read = toOther.columns() == 0 ? List.of() : List.of(merged);
        return new Step(
                "merge_columns: {table: %s, columns: [%s, %s], into: %s, up: \"%s\", down: {%s: \"%s\", %s: \"%s\"}}"
                        .formatted(
                                table.name(),
                                one.name(),
                                other.name(),
                                yaml(merged),
                                up.sql(names(old), merged.slot().kind()),
                                one.name(),
                                toOne.sql(names(List.of(merged)), one.slot().kind()),
                                other.name(),
                                toOther.sql(names(read), other.slot().kind())),
                List.of(
                        added(table, merged),
                        "ALTER TABLE %s DROP COLUMN %s, DROP COLUMN %s"
                                .formatted(table.name(), one.name(), other.name())),
                table.without(one).without(other).plus(merged),
                List.of(
                        link(true, merged, old, up),
                        link(false, one, List.of(merged), toOne),
                        link(false, other, read, toOther)));
    }

    private static String yaml(Column column) {
        return "{name: %s, type: %s, nullable: %s}"
                .formatted(column.name(), column.slot().kind().sql(), column.nullable());
    }

    private static String added(Shape table, Column column) {
        return "ALTER TABLE %s ADD COLUMN %s %s%s"
                .formatted(
                        table.name(), column.name(), column.slot().kind().sql(), column.nullable() ? "" : " NOT NULL");
    }

    private Formula fitting(Formula formula, Column target) {
        return target.nullable() ? formula : formula.or(value());
    }

    /** One that no value breaks, whatever type the column has or will have. */
    private Step check(Shape table) {
        String column = any(table).name();
        String name = next("k");
        String condition = "(%s)::text <> ''".formatted(column);
        return new Step(
                "create_constraint: {table: %1$s, name: %2$s, type: check, columns: [%3$s], check: \"%4$s\", up: {%3$s: %3$s}, down: {%3$s: %3$s}}"
                        .formatted(table.name(), name, column, condition),
                List.of("ALTER TABLE %s ADD CONSTRAINT %s CHECK (%s)".formatted(table.name(), name, condition)),
                table.checking(name, column),
                List.of());
    }

    private @Nullable Step dropCheck(Shape table) {
        if (table.checks().isEmpty()) {
            return null;
        }
        List<String> names = table.checks().keySet().stream().sorted().toList();
        String name = names.get(random.nextInt(names.size()));
        return new Step(
                "drop_constraint: {table: %s, name: %s, down: %s}"
                        .formatted(table.name(), name, table.checks().get(name)),
                List.of("ALTER TABLE %s DROP CONSTRAINT %s".formatted(table.name(), name)),
                table.withoutCheck(name),
                List.of());
    }

    private Step replicaIdentity(Shape table) {
        String kind = any("full", "nothing", "default");
        return new Step(
                "set_replica_identity: {table: %s, identity: {type: %s}}".formatted(table.name(), kind),
                List.of("ALTER TABLE %s REPLICA IDENTITY %s".formatted(table.name(), kind)),
                table,
                List.of());
    }

    /** Which ends a part of a release, or of a complete. */
    private Step sql(Shape table) {
        String made = "CREATE TABLE %s (id int)".formatted(next("s"));
        String yaml = random.nextBoolean()
                ? "sql: {up: %s, down: %s}"
                        .formatted(made, made.replaceFirst("CREATE", "DROP").replaceFirst(" \\(.*", ""))
                : "sql: {up: %s, onComplete: true}".formatted(made);
        return new Step(yaml, List.of(made), table, List.of());
    }

    private Formula formula(int columns) {
        return switch (columns) {
            case 1 -> any(Formula.same(), Formula.plus(value()), Formula.times(2), Formula.divided(3));
            default -> Formula.sum();
        };
    }

    private static Link link(boolean up, Column target, List<Column> reads, Formula formula) {
        return new Link(up, target.slot(), reads.stream().map(Column::slot).toList(), formula);
    }

    private static List<String> names(List<Column> columns) {
        return columns.stream().map(Column::name).toList();
    }

    private Slot slot(Kind kind) {
        return new Slot(numbers++, kind);
    }

    private String next(String letter) {
        return letter + numbers++;
    }

    long value() {
        return random.nextInt(200) - 100;
    }

    private @Nullable Long otherwise() {
        return random.nextInt(3) == 0 ? value() : null;
    }

    Column any(Shape table) {
        return table.columns().get(random.nextInt(table.columns().size()));
    }

    /** So many different columns, or all. */
    private List<Column> any(Shape table, int count) {
        List<Column> columns = new ArrayList<>(table.columns());
        java.util.Collections.shuffle(columns, random);
        return columns.subList(0, Math.min(count, columns.size()));
    }

    @SafeVarargs
    private <T> T any(T... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
