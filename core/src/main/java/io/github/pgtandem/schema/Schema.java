package io.github.pgtandem.schema;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * The tables of one version, and the views and functions that are its own.
 *
 * @param name the base schema
 * @param tables by logical name
 * @param relations names of tables, indexes, sequences and views that are taken in the base schema
 * @param others those of them that are no table and no index: nothing here will free them
 * @param objects views and functions of the version, each behind those it uses
 * @param enums enum types of the base schema that can be altered, by name
 * @param place the schema for types that a version under construction has of its own, or empty
 */
public record Schema(
        String name,
        Map<String, Table> tables,
        Set<String> relations,
        Set<String> others,
        List<VersionObject> objects,
        Map<String, EnumType> enums,
        String place) {

    public Schema {
        relations = Set.copyOf(relations);
        others = Set.copyOf(others);
        tables = Collections.unmodifiableMap(new LinkedHashMap<>(tables));
        objects = List.copyOf(objects);
        enums = Map.copyOf(enums);
    }

    /** A schema as it is stored, in which nothing belongs to a version. */
    public Schema(String name, Map<String, Table> tables, Set<String> relations, Set<String> others) {
        this(name, tables, relations, others, List.of(), Map.of(), "");
    }

    /** A schema in which nothing but tables and indexes has a name. */
    public Schema(String name, Map<String, Table> tables, Set<String> relations) {
        this(name, tables, relations, Set.of());
    }

    public Optional<Table> find(String table) {
        return Optional.ofNullable(tables.get(table));
    }

    public Optional<Table> findStored(String stored) {
        Table sameName = tables.get(stored);
        if (sameName != null && sameName.stored().equals(stored)) {
            return Optional.of(sameName);
        }
        return tables.values().stream().filter(t -> t.stored().equals(stored)).findFirst();
    }

    /** Adds the table, or puts it in the place of the one that is stored under the same name. */
    public Schema with(Table table) {
        Map<String, Table> next = new LinkedHashMap<>(tables);
        findStored(table.stored()).ifPresent(old -> next.remove(old.name()));
        next.put(table.name(), table);
        return new Schema(name, next, taken(table), others, objects, enums, place);
    }

    /** Puts a table, whatever its stored name, into the place of another one. */
    public Schema with(Table table, Table insteadOf) {
        return without(insteadOf).with(table);
    }

    public Schema without(Table table) {
        Map<String, Table> next = new LinkedHashMap<>(tables);
        next.remove(table.name());
        return new Schema(name, next, relations, others, objects, enums, place);
    }

    public Schema mapTables(UnaryOperator<Table> change) {
        Map<String, Table> next = new LinkedHashMap<>();
        tables.forEach((key, table) -> next.put(key, change.apply(table)));
        return new Schema(name, next, relations, others, objects, enums, place);
    }

    /** The same with other views and functions. */
    public Schema withObjects(List<VersionObject> newObjects) {
        return new Schema(name, tables, relations, others, newObjects, enums, place);
    }

    /** The same with these enum types. */
    public Schema withEnums(Map<String, EnumType> newEnums) {
        return new Schema(name, tables, relations, others, objects, newEnums, place);
    }

    /** The same for a version whose own types are made in a schema. */
    public Schema at(String newPlace) {
        return new Schema(name, tables, relations, others, objects, enums, newPlace);
    }

    /** The same with one more view or function. */
    public Schema plus(VersionObject object) {
        List<VersionObject> next = new ArrayList<>(objects);
        next.add(object);
        return withObjects(next);
    }

    public Schema without(VersionObject object) {
        return withObjects(objects.stream().filter(o -> !o.equals(object)).toList());
    }

    /** The same with an object in the place of another; those that use that one come behind it. */
    public Schema replacing(VersionObject old, VersionObject by) {
        Set<String> moved = new HashSet<>(Set.of(old.label()));
        List<VersionObject> first = new ArrayList<>();
        List<VersionObject> behind = new ArrayList<>(List.of(by));
        for (VersionObject object : objects) {
            if (object.uses().stream().anyMatch(moved::contains)) {
                moved.add(object.label());
                behind.add(object);
            } else if (!object.equals(old)) {
                first.add(object);
            }
        }
        first.addAll(behind);
        return withObjects(first);
    }

    /** A view of the version's own. */
    public Optional<VersionedView> findView(String view) {
        return objects.stream()
                .filter(VersionedView.class::isInstance)
                .map(VersionedView.class::cast)
                .filter(v -> v.name().equals(view))
                .findFirst();
    }

    /** Functions of the version's own that have the name. */
    public List<VersionedFunction> functions(String function) {
        return objects.stream()
                .filter(VersionedFunction.class::isInstance)
                .map(VersionedFunction.class::cast)
                .filter(f -> f.name().equals(function))
                .toList();
    }

    /** The name itself where no relation has it, else a generated one. */
    public String free(String wanted) {
        return Identifiers.freeOr(wanted, relations::contains);
    }

    /** Whether the version has a relation of that name, so that no other can get it at complete. */
    public boolean isTaken(String relation) {
        return tables.containsKey(relation)
                || others.contains(relation)
                || findIndex(relation).isPresent();
    }

    /** The name that PostgreSQL would choose: with a number where it is taken. */
    public String chosen(String base, String suffix) {
        String chosen = Identifiers.fit(base, suffix);
        for (int n = 1; isTaken(chosen); n++) {
            chosen = Identifiers.fit(base, suffix + n);
        }
        return chosen;
    }

    private Set<String> taken(Table table) {
        Set<String> names = new HashSet<>();
        names.add(table.name());
        names.add(table.stored());
        table.indexes().forEach(i -> names.addAll(List.of(i.name(), i.stored())));
        if (relations.containsAll(names)) {
            // There may be very many, and a copy for each look at a table would be most of the work.
            return relations;
        }
        names.addAll(relations);
        return names;
    }

    /** The table that has an index of that name. */
    public Optional<Table> findIndex(String index) {
        return tables.values().stream()
                .filter(t -> t.indexes().stream().anyMatch(i -> i.name().equals(index)))
                .findFirst();
    }
}
