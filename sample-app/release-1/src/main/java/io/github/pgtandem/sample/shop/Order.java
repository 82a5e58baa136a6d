package io.github.pgtandem.sample.shop;

import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "orders")
class Order {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    @Nullable
    Long id;

    @ManyToOne(fetch = FetchType.LAZY, optional = false)
    Customer customer;

    @ManyToOne(fetch = FetchType.LAZY, optional = false)
    Product product;

    int quantity;

    BigDecimal unitPrice;

    String status = "NEW";

    Instant placedAt = Instant.now();

    @Version
    int version;

    /** For Hibernate. */
    @SuppressWarnings("NullAway")
    Order() {}

    Order(Customer customer, Product product, int quantity) {
        this.customer = customer;
        this.product = product;
        this.quantity = quantity;
        this.unitPrice = product.price;
    }
}
