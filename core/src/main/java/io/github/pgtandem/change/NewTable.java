package io.github.pgtandem.change;

import static io.github.pgtandem.schema.Identifiers.id;

import io.github.pgtandem.schema.Column;
import io.github.pgtandem.schema.Schema;
import io.github.pgtandem.schema.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A table that was not there.
 *
 * @param definition the table as stored
 * @param elements columns and constraints, each as it stands in {@code CREATE TABLE}
 * @param comments complete {@code COMMENT} statements
 * @param sequences names of the sequences that PostgreSQL makes for it, each with its final name, where that differs
 */
public record NewTable(Table definition, List<String> elements, List<String> comments, Map<String, String> sequences)
        implements Change {

    public NewTable {
        elements = List.copyOf(elements);
        comments = List.copyOf(comments);
        sequences = Map.copyOf(sequences);
    }

    @Override
    public Stage stage() {
        return Stage.STORAGE;
    }

    @Override
    public String describe() {
        return "create table " + definition.name();
    }

    @Override
    public String table() {
        return definition.stored();
    }

    @Override
    public List<Statement> expand(String schema) {
        List<Statement> statements = new ArrayList<>();
        statements.add(new Statement(
                "CREATE TABLE " + id(schema, definition.stored()) + " (\n    " + String.join(",\n    ", elements)
                        + "\n)",
                null,
                Statement.Mode.TOGETHER));
        comments.forEach(c -> statements.add(new Statement(c, null, Statement.Mode.TOGETHER)));
        return statements;
    }

    @Override
    public List<Made> makes() {
        return definition.constraints().stream()
                .map(c -> Made.constraint(c.stored()))
                .toList();
    }

    @Override
    public List<Statement> complete(String schema) {
        return sequences.keySet().stream()
                .sorted()
                .map(s -> Statement.together(
                        "ALTER SEQUENCE IF EXISTS " + id(schema, s) + " RENAME TO " + id(sequences.get(s))))
                .toList();
    }

    @Override
    public List<Statement> rollback(String schema) {
        return List.of(Statement.together("DROP TABLE IF EXISTS " + id(schema, definition.stored())));
    }

    @Override
    public List<Column> columns() {
        return definition.columns();
    }

    @Override
    public Schema applied(Schema storage) {
        return storage.with(definition.named(definition.stored()).mapColumns(c -> c.named(c.stored())));
    }

    @Override
    public Change canonical(Schema storage) {
        Table stored = storage.findStored(definition.stored()).orElse(definition);
        Table canonical = definition.mapColumns(
                c -> stored.findStored(c.stored()).map(p -> c.canonical(c, p)).orElse(c));
        return new NewTable(canonical, elements, comments, sequences);
    }

    @Override
    public Change renamed(Renames renames) {
        Table renamed = definition
                .storedAs(renames.table(definition.stored()))
                .withConstraints(definition.constraints().stream()
                        .map(c -> renames.constraint(definition.stored(), c))
                        .toList());
        return new NewTable(renamed, elements, comments, sequences);
    }
}
