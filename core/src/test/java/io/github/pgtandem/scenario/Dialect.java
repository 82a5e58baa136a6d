package io.github.pgtandem.scenario;

import java.math.BigDecimal;
import java.util.function.LongFunction;

/**
 * How a version says what every writer says.
 *
 * @param count counts a row up by its id
 * @param price sets a row's price and counts it up, by its id
 * @param select reads all columns of a row by its id
 * @param insert makes a row and returns its id; given a name and a price
 * @param upsert counts a row up by its id, which is there
 * @param delete removes a row by its id
 * @param totals gives id, count and price in cents of all rows
 * @param cents an amount as the version's price
 */
record Dialect(
        String version,
        String count,
        String price,
        String select,
        String insert,
        String upsert,
        String delete,
        String totals,
        LongFunction<Object> cents,
        int columns) {

    /** The build before the migrations. */
    static final Dialect OLD = new Dialect(
            Fleet.BASE,
            "UPDATE items SET count = count + 1 WHERE id = ?",
            "UPDATE items SET price = ?, count = count + 1 WHERE id = ? RETURNING price, name",
            "SELECT * FROM items WHERE id = ?",
            "INSERT INTO items (name, price) VALUES ('new item', ?) RETURNING id",
            "INSERT INTO items (id, name, price) VALUES (?, 'up sert', '0')"
                    + " ON CONFLICT (id) DO UPDATE SET count = items.count + excluded.count + 1",
            "DELETE FROM items WHERE id = ?",
            "SELECT id, count, (price::numeric * 100)::bigint FROM items",
            cents -> "%d.%02d".formatted(cents / 100, cents % 100),
            5);

    /** The build behind them: a table renamed, types changed, a column split in two, one added, one dropped. */
    static final Dialect NEW = new Dialect(
            "0005_slug",
            "UPDATE goods SET count = count + 1 WHERE id = ?",
            "UPDATE goods SET price = ?, count = count + 1 WHERE id = ? RETURNING price, brand",
            "SELECT * FROM goods WHERE id = ?",
            "INSERT INTO goods (brand, model, price, slug) VALUES ('new', 'item', ?, 'new') RETURNING id",
            "INSERT INTO goods (id, brand, model, price, slug) VALUES (?, 'up', 'sert', 0, 'up')"
                    + " ON CONFLICT (id) DO UPDATE SET count = goods.count + excluded.count + 1",
            "DELETE FROM goods WHERE id = ?",
            "SELECT id, count, price FROM goods",
            cents -> cents,
            6);

    /** The build behind another release: the table renamed again, and the same columns changed once more. */
    static final Dialect NEWEST = new Dialect(
            "0009_seen",
            "UPDATE wares SET seen = seen + 1 WHERE id = ?",
            "UPDATE wares SET amount = ?, seen = seen + 1 WHERE id = ? RETURNING amount, title",
            "SELECT * FROM wares WHERE id = ?",
            "INSERT INTO wares (title, amount, slug) VALUES ('newest item', ?, 'newest') RETURNING id",
            "INSERT INTO wares (id, title, amount, slug) VALUES (?, 'up sert', 0, 'up')"
                    + " ON CONFLICT (id) DO UPDATE SET seen = wares.seen + excluded.seen + 1",
            "DELETE FROM wares WHERE id = ?",
            "SELECT id, seen::bigint, (amount * 100)::bigint FROM wares",
            cents -> BigDecimal.valueOf(cents, 2),
            5);

    /** The same without the upsert, of which PostgreSQL complains before a tombstone can answer. */
    Dialect withoutUpsert() {
        return new Dialect(version, count, price, select, insert, count, delete, totals, cents, columns);
    }

    /** The five migrations from the one to the other. */
    static Fleet migrations(Fleet fleet) {
        return fleet.with("0001_goods", "  - rename_table: {from: items, to: goods}\n")
                .with("0002_cents", """
                          - alter_column:
                              table: goods
                              column: price
                              type: bigint
                              up: (price::numeric * 100)::bigint
                              down: (price / 100.0)::numeric(20, 2)::text
                        """)
                .with("0003_brand", """
                          - add_column: {table: goods, column: {name: brand, type: text}, up: "split_part(name, ' ', 1)"}
                          - add_column: {table: goods, column: {name: model, type: text}, up: "split_part(name, ' ', 2)"}
                          - drop_column: {table: goods, column: name, down: "brand || ' ' || model"}
                        """)
                .with(
                        "0004_count",
                        "  - alter_column: {table: goods, column: count, type: bigint, up: count, down: count}\n")
                .with("0005_slug", """
                          - add_column: {table: goods, column: {name: slug, type: text}, up: lower(brand)}
                          - drop_column: {table: goods, column: note}
                          - create_index: {table: goods, name: goods_slug, columns: [slug]}
                        """);
    }

    /** The four migrations from there to the newest. */
    static Fleet moreMigrations(Fleet fleet) {
        return fleet.with("0006_wares", "  - rename_table: {from: goods, to: wares}\n")
                .with("0007_amount", """
                          - alter_column:
                              table: wares
                              column: price
                              type: numeric(20, 2)
                              up: price / 100.0
                              down: (price * 100)::bigint
                          - rename_column: {table: wares, from: price, to: amount}
                        """)
                .with("0008_title", """
                          - merge_columns:
                              table: wares
                              columns: [brand, model]
                              into: {name: title, type: text}
                              up: brand || ' ' || model
                              down: {brand: "split_part(title, ' ', 1)", model: "split_part(title, ' ', 2)"}
                          - create_index: {table: wares, name: wares_title, columns: [title]}
                        """)
                .with("0009_seen", """
                          - alter_column: {table: wares, column: count, type: numeric, up: count, down: count::bigint}
                          - rename_column: {table: wares, from: count, to: seen}
                        """);
    }
}
