package io.github.pgtandem.plan;

import io.github.pgtandem.change.Definitions;
import io.github.pgtandem.schema.Column;
import io.github.pgtandem.schema.Schema;
import io.github.pgtandem.schema.Table;
import java.util.List;

/**
 * PostgreSQL's own judgement on a migration, asked on empty copies of the tables ("twins") in a transaction that is
 * rolled back.
 */
public interface Compiler extends Definitions {

    /** Makes the twin of a table as a version sees it, unless it is there already. */
    void prepare(Table table);

    /**
     * Runs a statement against twins.
     *
     * @throws CompileFailure where PostgreSQL refuses it
     */
    void run(String statement);

    /**
     * Compiles an expression over a table's columns whose value goes into a column.
     *
     * @throws CompileFailure where it does not compile, or its type cannot be assigned
     */
    Expression expression(Table scope, Column target, String sql);

    /** A type's name without modifiers: {@code character varying} for {@code varchar(20)}. */
    String plainType(String type);

    /** Compiles a version's views and functions, in their order, on its tables; those that fail are left out for others. */
    List<CompiledObject> objects(Schema version);

    /** Stored names of the columns that a check on a twin reads. */
    List<String> checked(Table table, String constraint);
}
