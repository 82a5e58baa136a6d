package io.github.pgtandem.sample.shop;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "products")
@SequenceGenerator(name = "products_seq", sequenceName = "products_seq", allocationSize = 50)
class Product {

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "products_seq")
    @Nullable
    Long id;

    String sku = "";

    String title = "";

    BigDecimal price = BigDecimal.ZERO;

    int stock;

    @Version
    int version;
}
