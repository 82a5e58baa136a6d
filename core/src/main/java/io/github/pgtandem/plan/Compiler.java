package io.github.pgtandem.plan;

import io.github.pgtandem.change.AlteredEnum;
import io.github.pgtandem.change.Definitions;
import io.github.pgtandem.schema.Column;
import io.github.pgtandem.schema.Constraint;
import io.github.pgtandem.schema.Schema;
import io.github.pgtandem.schema.Table;
import java.util.List;
import java.util.function.Supplier;

/**
 * PostgreSQL's own judgement on a migration, asked on empty copies of the tables ("twins") in a transaction that is
 * rolled back.
 */
public interface Compiler extends Definitions {

    /** Makes the twin of a table as a version sees it, unless it is there already. */
    void prepare(Table table);

    /** Judges one operation; if it fails, the twins are as they were before it. */
    <T> T attempt(Supplier<T> operation);

    /**
     * Parses statements without looking at what they name, and without running them.
     *
     * @throws CompileFailure where they are no SQL
     */
    void script(String statements);

    /**
     * Gives a column of a twin another type, and computes generated columns from it then.
     *
     * @throws CompileFailure where what hangs on the column does not fit the type
     */
    void retype(Table table, String column, String type);

    /**
     * Makes columns of a twin anew with a type that stands in front of one of the same name from now on, and all that
     * hangs on them.
     *
     * @throws CompileFailure where what hangs on the columns does not fit the type
     */
    void remake(Table table, List<String> columns, AlteredEnum type);

    /**
     * Makes a foreign key between twins, and takes it away again.
     *
     * @param key of a table as a version sees it, leading to another one of it
     * @throws CompileFailure where PostgreSQL refuses it
     */
    void foreignKey(Table from, Constraint key, Table to);

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

    /** Stored names of the columns that a check or exclusion constraint on a twin reads. */
    List<String> checked(Table table, String constraint);

    /** Stored names of the columns that an index on a twin reads, be it as key, in an expression or in its predicate. */
    List<String> indexed(Table table, String index);

    /** Stored names of the columns that a generated column of a twin is computed from. */
    List<String> computed(Table table, String column);
}
