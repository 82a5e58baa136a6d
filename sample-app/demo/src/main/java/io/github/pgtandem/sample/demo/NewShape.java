package io.github.pgtandem.sample.demo;

import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Release 2: two names, prices in whole cents, orders with a total. */
final class NewShape implements Shape {

    @Override
    public Customer customer(JsonNode json) {
        return new Customer(
                json.required("id").longValue(),
                json.required("firstName").stringValue(),
                json.required("lastName").stringValue(),
                json.required("email").stringValue(),
                json.required("version").intValue());
    }

    @Override
    public Map<String, ?> json(Customer customer) {
        return Map.of(
                "firstName", customer.first(),
                "lastName", customer.last(),
                "email", customer.email(),
                "version", customer.version());
    }

    @Override
    public Product product(JsonNode json) {
        return new Product(
                json.required("id").longValue(),
                json.required("sku").stringValue(),
                json.required("name").stringValue(),
                json.required("priceCents").intValue(),
                json.required("stock").intValue(),
                json.required("version").intValue());
    }

    @Override
    public Map<String, ?> json(Product product) {
        return Map.of(
                "sku", product.sku(),
                "name", product.name(),
                "priceCents", product.cents(),
                "stock", product.stock(),
                "version", product.version());
    }

    @Override
    public Purchase purchase(JsonNode json) {
        return new Purchase(
                json.required("id").longValue(),
                json.required("customerId").longValue(),
                json.required("productId").longValue(),
                json.required("quantity").intValue(),
                json.required("unitPriceCents").intValue(),
                json.required("totalCents").longValue(),
                json.required("status").stringValue(),
                json.required("version").intValue());
    }

    @Override
    public Map<String, ?> json(Purchase purchase) {
        return Map.of(
                "quantity", purchase.quantity(),
                "totalCents", purchase.totalCents(),
                "status", purchase.status(),
                "version", purchase.version());
    }
}
