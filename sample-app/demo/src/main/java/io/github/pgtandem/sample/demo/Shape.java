package io.github.pgtandem.sample.demo;

import java.util.Map;
import tools.jackson.databind.JsonNode;

/** How a release speaks of the shop's things. */
interface Shape {

    Customer customer(JsonNode json);

    Map<String, ?> json(Customer customer);

    Product product(JsonNode json);

    Map<String, ?> json(Product product);

    Purchase purchase(JsonNode json);

    /** The body of a change; both releases create an order from the same three numbers. */
    Map<String, ?> json(Purchase purchase);
}
