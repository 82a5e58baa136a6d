package io.github.pgtandem.sample.shop;

import io.github.pgtandem.sample.shop.web.Answers;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/products")
class ProductController {

    private final ProductRepository products;

    ProductController(ProductRepository products) {
        this.products = products;
    }

    @GetMapping
    List<ProductData> list(@RequestParam(defaultValue = "0") long after) {
        return products.findTop50ByIdGreaterThanOrderById(after).stream()
                .map(ProductData::of)
                .toList();
    }

    @GetMapping("/{id}")
    ProductData get(@PathVariable long id) {
        return ProductData.of(find(id));
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    ProductData create(@RequestBody ProductData data) {
        return ProductData.of(products.save(data.into(new Product())));
    }

    @PutMapping("/{id}")
    @Transactional
    ProductData update(@PathVariable long id, @RequestBody ProductData data) {
        Product product = find(id);
        Answers.requireVersion(product.version, data.version);
        return ProductData.of(products.saveAndFlush(data.into(product)));
    }

    @PutMapping("/by-sku/{sku}")
    @Transactional
    ProductData upsert(@PathVariable String sku, @RequestBody ProductData data) {
        return ProductData.of(find(products.upsert(sku, data.name, data.priceCents, data.stock)));
    }

    @PostMapping("/{id}/take")
    @Transactional
    Stock take(@PathVariable long id, @RequestParam int quantity) {
        return new Stock(products.take(id, quantity)
                .orElseThrow(() -> Answers.refused("There are no " + quantity + " of product " + id)));
    }

    private Product find(long id) {
        return products.findById(id).orElseThrow(() -> Answers.notFound("product", id));
    }

    record Stock(int stock) {}

    record ProductData(
            @Nullable Long id,
            String sku,
            String name,
            int priceCents,
            int stock,
            @Nullable Integer version) {

        static ProductData of(Product product) {
            return new ProductData(
                    product.id, product.sku, product.name, product.priceCents, product.stock, product.version);
        }

        Product into(Product product) {
            product.sku = sku;
            product.name = name;
            product.priceCents = priceCents;
            product.stock = stock;
            return product;
        }
    }
}
