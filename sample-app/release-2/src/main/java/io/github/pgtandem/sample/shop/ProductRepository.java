package io.github.pgtandem.sample.shop;

import java.util.List;
import java.util.Optional;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Query;

interface ProductRepository extends JpaRepository<Product, Long> {

    List<Product> findTop50ByIdGreaterThanOrderById(long id);

    /** Creates the product of this SKU or changes its name and price; gives its id. */
    @Query(nativeQuery = true, value = """
            INSERT INTO products (id, sku, name, price_cents, stock)
            VALUES (nextval('products_seq'), :sku, :name, :priceCents, :stock)
            ON CONFLICT (sku) DO UPDATE
               SET name = EXCLUDED.name, price_cents = EXCLUDED.price_cents, version = products.version + 1
            RETURNING id
            """)
    long upsert(String sku, String name, int priceCents, int stock);

    /** Takes out of stock what is there, in one statement; gives what is left, or nothing where too little was there. */
    @Query(nativeQuery = true, value = """
            UPDATE products
               SET stock = stock - :quantity, version = version + 1
             WHERE id = :id AND stock >= :quantity
            RETURNING stock
            """)
    Optional<Integer> take(long id, int quantity);
}
