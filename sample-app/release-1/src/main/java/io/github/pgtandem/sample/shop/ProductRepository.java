package io.github.pgtandem.sample.shop;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Query;

interface ProductRepository extends JpaRepository<Product, Long> {

    List<Product> findTop50ByIdGreaterThanOrderById(long id);

    /** Creates the product of this SKU or changes its title and price; gives its id. */
    @Query(nativeQuery = true, value = """
            INSERT INTO products (id, sku, title, price, stock)
            VALUES (nextval('products_seq'), :sku, :title, :price, :stock)
            ON CONFLICT (sku) DO UPDATE
               SET title = EXCLUDED.title, price = EXCLUDED.price, version = products.version + 1
            RETURNING id
            """)
    long upsert(String sku, String title, BigDecimal price, int stock);

    /** Takes out of stock what is there, in one statement; gives what is left, or nothing where too little was there. */
    @Query(nativeQuery = true, value = """
            UPDATE products
               SET stock = stock - :quantity, version = version + 1
             WHERE id = :id AND stock >= :quantity
            RETURNING stock
            """)
    Optional<Integer> take(long id, int quantity);
}
