package io.github.pgtandem.operation;

import io.github.pgtandem.schema.Column;
import io.github.pgtandem.schema.Partitioning;
import io.github.pgtandem.schema.Table;
import java.util.List;

/** What operations ask of a table whose rows may lie in partitions. */
final class Partitions {

    private Partitions() {}

    /** Refuses a table whose rows lie where sync, backfill and indexes cannot follow. */
    static void followable(Table table, String field) {
        switch (table.around().partitioning().kind()) {
            case INHERITING ->
                throw new InvalidOperation(
                        field,
                        "table \"" + table.name()
                                + "\" inherits from a table or is inherited from, which this operation"
                                + " does not follow. It does follow partitions.",
                        "Change it with a sql operation.");
            case WITH_FOREIGN_TABLES ->
                throw new InvalidOperation(
                        field,
                        "table \"" + table.name() + "\" has a partition that is a foreign table, where this operation"
                                + " cannot follow.",
                        "Detach that partition first, or change the table with a sql operation.");
            case NONE, PARTITIONED -> {}
        }
    }

    /** Refuses a unique index that PostgreSQL could not keep over all partitions. */
    static void keepsUnique(Table table, List<String> stored, String field) {
        Partitioning partitioning = table.around().partitioning();
        List<String> missing =
                partitioning.key().stream().filter(k -> !stored.contains(k)).toList();
        if (partitioning.unkeyable()) {
            throw new InvalidOperation(
                    field,
                    "table \"" + table.name() + "\" is partitioned by an expression, so nothing can be unique in it.",
                    "Leave this out, or have single partitions keep it, by a sql operation.");
        }
        if (!missing.isEmpty()) {
            throw new InvalidOperation(
                    field,
                    "table \"" + table.name() + "\" is partitioned by " + String.join(", ", missing)
                            + ", which must be among the columns that are unique together.",
                    "Use create_constraint of type unique or primary_key over all of them.");
        }
    }

    /** Refuses what would move rows between partitions, or leave them without one. */
    static void notByColumn(Table table, Column column) {
        if (table.around().partitioning().key().contains(column.stored())) {
            throw new InvalidOperation(
                    "column",
                    "column \"" + table.name() + "." + column.name()
                            + "\" is in the partition key, by which rows are told to partitions; it can"
                            + " be renamed, but not changed or dropped.",
                    "Create a table that is partitioned as you want with a sql operation, and move the rows to it.");
        }
    }
}
