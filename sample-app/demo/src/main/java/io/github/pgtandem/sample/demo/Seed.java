package io.github.pgtandem.sample.demo;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;

/** Fills release 1's tables: a little through its API, most of it by SQL. */
final class Seed {

    static final int CUSTOMERS = 20_000;
    static final int PRODUCTS = 5_000;
    static final int ORDERS = 50_000;
    static final List<String> WAREHOUSES = List.of("OSLO", "LIMA", "PUNE");

    private static final int SHARED_STOCK = 1_000_000;

    private Seed() {}

    /** Gives the product that all virtual users take from. */
    static Product through(Shop shop, Database database) {
        for (String code : WAREHOUSES) {
            shop.createWarehouse(code, code.charAt(0) + code.substring(1).toLowerCase(Locale.ROOT));
        }
        Product shared = shop.create(new Product(0, "SHARED", "What everybody buys", 199, SHARED_STOCK, 0));
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("""
                    INSERT INTO customers (name, email, fax)
                    SELECT 'Customer Nr' || i, 'customer.' || i || '@example.org', '+1 555 ' || i
                      FROM generate_series(1, %d) AS i
                    """.formatted(CUSTOMERS));
            statement.execute("""
                    INSERT INTO products (id, sku, title, price, stock)
                    SELECT nextval('products_seq'), 'SEED-' || i, 'Thing Nr ' || i, (i %% 9999 + 1) / 100.0, 100
                      FROM generate_series(1, %d) AS i
                    """.formatted(PRODUCTS));
            statement.execute("""
                    INSERT INTO orders (customer_id, product_id, quantity, unit_price)
                    SELECT c.id, p.id, c.n %% 9 + 1, p.price
                      FROM (SELECT id, row_number() OVER () AS n FROM customers, generate_series(1, %d / %d + 1)) AS c
                      JOIN (SELECT id, price, row_number() OVER () AS n FROM products) AS p ON p.n = c.n %% %d + 1
                     LIMIT %d
                    """.formatted(ORDERS, CUSTOMERS, PRODUCTS, ORDERS));
            statement.execute("ANALYZE");
        } catch (SQLException e) {
            throw new DemoFailed("Filling the tables failed: " + e.getMessage());
        }
        return shared;
    }
}
