package io.github.pgtandem.sample.demo;

import io.github.pgtandem.sample.demo.Http.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** The REST API of the shop; throws {@link WrongAnswer} on every status but the one expected. */
final class Shop {

    private static final int OK = 200;
    private static final int CREATED = 201;
    private static final int CONFLICT = 409;

    private final Http http;
    private final Shape shape;

    Shop(Http http, Shape shape) {
        this.http = http;
        this.shape = shape;
    }

    List<Customer> customers(long after) {
        return list("/customers?after=" + after, shape::customer);
    }

    Customer customer(long id) {
        return shape.customer(get("/customers/" + id));
    }

    Customer create(Customer customer) {
        return shape.customer(expect(CREATED, http.post("/customers", shape.json(customer))));
    }

    Customer update(Customer customer) {
        return shape.customer(expect(OK, http.put("/customers/" + customer.id(), shape.json(customer))));
    }

    /** An update that must be refused because somebody else was faster. */
    void updateStale(Customer customer) {
        expect(CONFLICT, http.put("/customers/" + customer.id(), shape.json(customer)));
    }

    List<Product> products(long after) {
        return list("/products?after=" + after, shape::product);
    }

    Product product(long id) {
        return shape.product(get("/products/" + id));
    }

    Product create(Product product) {
        return shape.product(expect(CREATED, http.post("/products", shape.json(product))));
    }

    Product update(Product product) {
        return shape.product(expect(OK, http.put("/products/" + product.id(), shape.json(product))));
    }

    /** Creates or changes the product of that SKU in one statement; a change leaves the stock alone. */
    Product upsert(Product product) {
        return shape.product(expect(OK, http.put("/products/by-sku/" + product.sku(), shape.json(product))));
    }

    /** Takes out of stock in one statement; gives what is left. */
    int take(long productId, int quantity) {
        return expect(OK, http.post("/products/" + productId + "/take?quantity=" + quantity, Map.of()))
                .required("stock")
                .intValue();
    }

    List<Purchase> purchases(long after) {
        return list("/orders?after=" + after, shape::purchase);
    }

    Purchase purchase(long id) {
        return shape.purchase(get("/orders/" + id));
    }

    Purchase order(Purchase purchase) {
        Map<String, ?> body = Map.of(
                "customerId", purchase.customerId(),
                "productId", purchase.productId(),
                "quantity", purchase.quantity());
        return shape.purchase(expect(CREATED, http.post("/orders", body)));
    }

    Purchase update(Purchase purchase) {
        return shape.purchase(expect(OK, http.put("/orders/" + purchase.id(), shape.json(purchase))));
    }

    List<String> warehouses() {
        return list("/warehouses", json -> json.required("code").stringValue());
    }

    void createWarehouse(String code, String city) {
        expect(CREATED, http.post("/warehouses", Map.of("code", code, "city", city)));
    }

    private <T> List<T> list(String path, Function<JsonNode, T> read) {
        List<T> all = new ArrayList<>();
        get(path).forEach(json -> all.add(read.apply(json)));
        return all;
    }

    private JsonNode get(String path) {
        return expect(OK, http.get(path));
    }

    private static JsonNode expect(int status, Answer answer) {
        if (answer.status() != status) {
            throw new WrongAnswer("status " + answer.status() + " instead of " + status + ": " + answer.text());
        }
        return answer.json();
    }
}
