package io.github.pgtandem.catalog;

import io.github.pgtandem.schema.Column;
import io.github.pgtandem.schema.Constraint;
import io.github.pgtandem.schema.Dependent;
import io.github.pgtandem.schema.Grant;
import io.github.pgtandem.schema.Index;
import io.github.pgtandem.schema.Partitioning;
import io.github.pgtandem.schema.Reference;
import io.github.pgtandem.schema.Sequence;
import io.github.pgtandem.schema.Statistics;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** How rows of the queries of {@link CatalogReader} are read. */
final class CatalogRows {

    private CatalogRows() {}

    static Partitioning partitioning(ResultSet row) throws SQLException {
        return new Partitioning(
                Partitioning.Kind.valueOf(row.getString("partitioning")),
                texts(row.getArray("partition_key")),
                row.getBoolean("unkeyable"));
    }

    static Column column(ResultSet row) throws SQLException {
        String sequence = row.getString("sequence_name");
        Sequence draws = sequence == null
                ? null
                : new Sequence(
                        row.getString("sequence_schema"),
                        sequence,
                        Sequence.Kind.valueOf(row.getString("sequence_kind")),
                        row.getString("sequence_type"),
                        row.getString("sequence_options"),
                        texts(row.getArray("sequence_attributes")));
        return new Column(
                row.getString("name"),
                row.getString("name"),
                row.getString("type"),
                !row.getBoolean("not_null"),
                row.getString("default_sql"),
                row.getString("comment"),
                Column.Generated.valueOf(row.getString("generated")),
                new Column.Details(texts(row.getArray("settings")), draws, texts(row.getArray("reads"))));
    }

    static Index index(ResultSet row) throws SQLException {
        return new Index(
                row.getString("name"),
                row.getString("name"),
                row.getBoolean("is_unique"),
                texts(row.getArray("columns")),
                row.getString("definition"),
                row.getBoolean("is_constraint"),
                row.getString("tablespace"),
                row.getString("comment"));
    }

    static Constraint constraint(ResultSet row) throws SQLException {
        Constraint.Kind kind = Constraint.Kind.valueOf(row.getString("kind"));
        boolean foreign = kind == Constraint.Kind.FOREIGN_KEY;
        return new Constraint(
                row.getString("name"),
                row.getString("name"),
                kind,
                texts(row.getArray("columns")),
                foreign ? "" : row.getString("definition"),
                foreign
                        ? new Reference(
                                row.getString("referenced_schema"),
                                row.getString("referenced"),
                                texts(row.getArray("referenced_columns")),
                                row.getString("actions"),
                                texts(row.getArray("delete_sets")))
                        : null,
                row.getString("deferral"),
                row.getBoolean("validated"),
                row.getString("comment"));
    }

    static Statistics statistics(ResultSet row) throws SQLException {
        return new Statistics(
                row.getString("name"),
                row.getString("name"),
                row.getString("schema"),
                texts(row.getArray("columns")),
                row.getString("definition"),
                row.getObject("target", Integer.class),
                row.getString("comment"));
    }

    static Grant grant(ResultSet row) throws SQLException {
        return new Grant(
                row.getString("grantee"),
                row.getString("privilege"),
                row.getString("column_name"),
                row.getBoolean("grantable"));
    }

    static Dependent dependent(ResultSet row) throws SQLException {
        return new Dependent(row.getString("object"), row.getString("column_name"), row.getBoolean("blocks_drop"));
    }

    static List<String> texts(Array array) throws SQLException {
        return List.of((String[]) array.getArray());
    }
}
