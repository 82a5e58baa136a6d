package io.github.pgtandem.sample.demo;

import java.math.BigDecimal;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Release 1: one name, prices as decimal numbers, orders without a total. */
final class OldShape implements Shape {

    @Override
    public Customer customer(JsonNode json) {
        String[] names = json.required("name").stringValue().split(" ", 2);
        return new Customer(
                json.required("id").longValue(),
                names[0],
                names.length > 1 ? names[1] : "",
                json.required("email").stringValue(),
                json.required("version").intValue());
    }

    @Override
    public Map<String, ?> json(Customer customer) {
        return Map.of(
                "name",
                customer.first() + " " + customer.last(),
                "email",
                customer.email(),
                "fax",
                "+1 555 0100",
                "version",
                customer.version());
    }

    @Override
    public Product product(JsonNode json) {
        return new Product(
                json.required("id").longValue(),
                json.required("sku").stringValue(),
                json.required("title").stringValue(),
                cents(json.required("price")),
                json.required("stock").intValue(),
                json.required("version").intValue());
    }

    @Override
    public Map<String, ?> json(Product product) {
        return Map.of(
                "sku", product.sku(),
                "title", product.name(),
                "price", BigDecimal.valueOf(product.cents(), 2),
                "stock", product.stock(),
                "version", product.version());
    }

    @Override
    public Purchase purchase(JsonNode json) {
        int quantity = json.required("quantity").intValue();
        int unit = cents(json.required("unitPrice"));
        return new Purchase(
                json.required("id").longValue(),
                json.required("customerId").longValue(),
                json.required("productId").longValue(),
                quantity,
                unit,
                (long) quantity * unit,
                json.required("status").stringValue(),
                json.required("version").intValue());
    }

    @Override
    public Map<String, ?> json(Purchase purchase) {
        return Map.of("quantity", purchase.quantity(), "status", purchase.status(), "version", purchase.version());
    }

    private static int cents(JsonNode price) {
        return price.decimalValue().movePointRight(2).intValueExact();
    }
}
