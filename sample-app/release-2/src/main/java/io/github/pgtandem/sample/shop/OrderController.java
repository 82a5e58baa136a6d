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
@RequestMapping("/orders")
class OrderController {

    private final OrderRepository orders;
    private final CustomerRepository customers;
    private final ProductRepository products;

    OrderController(OrderRepository orders, CustomerRepository customers, ProductRepository products) {
        this.orders = orders;
        this.customers = customers;
        this.products = products;
    }

    @GetMapping
    List<OrderData> list(@RequestParam(defaultValue = "0") long after) {
        return orders.findTop50ByIdGreaterThanOrderById(after).stream()
                .map(OrderData::of)
                .toList();
    }

    @GetMapping("/{id}")
    OrderData get(@PathVariable long id) {
        return OrderData.of(find(id));
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Transactional
    OrderData create(@RequestBody NewOrder data) {
        Customer customer =
                customers.findById(data.customerId).orElseThrow(() -> Answers.notFound("customer", data.customerId));
        Product product =
                products.findById(data.productId).orElseThrow(() -> Answers.notFound("product", data.productId));
        return OrderData.of(orders.save(new Order(customer, product, data.quantity)));
    }

    @PutMapping("/{id}")
    @Transactional
    OrderData update(@PathVariable long id, @RequestBody OrderChange data) {
        Order order = find(id);
        Answers.requireVersion(order.version, data.version);
        order.quantity = data.quantity;
        order.totalCents = data.totalCents;
        order.status = data.status;
        return OrderData.of(orders.saveAndFlush(order));
    }

    private Order find(long id) {
        return orders.findById(id).orElseThrow(() -> Answers.notFound("order", id));
    }

    record NewOrder(long customerId, long productId, int quantity) {}

    record OrderChange(int quantity, long totalCents, String status, int version) {}

    record OrderData(
            @Nullable Long id,
            @Nullable Long customerId,
            String firstName,
            String lastName,
            @Nullable Long productId,
            String product,
            int quantity,
            int unitPriceCents,
            long totalCents,
            String status,
            int version) {

        static OrderData of(Order order) {
            return new OrderData(
                    order.id,
                    order.customer.id,
                    order.customer.firstName,
                    order.customer.lastName,
                    order.product.id,
                    order.product.name,
                    order.quantity,
                    order.unitPriceCents,
                    order.totalCents,
                    order.status,
                    order.version);
        }
    }
}
