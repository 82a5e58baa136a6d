package io.github.pgtandem.random;

import io.github.pgtandem.random.Shape.Column;
import io.github.pgtandem.random.Shape.Slot;
import java.util.ArrayList;
import java.util.List;
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
        return new Shape(next("t"), columns);
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
                    switch (random.nextInt(9)) {
                        case 0 -> renameTable(table);
                        case 1 -> renameColumn(table);
                        case 2 -> add(table);
                        case 3 -> drop(table);
                        case 4, 5, 6 -> alter(table);
                        case 7 -> index(table);
                        default -> setDefault(table);
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
