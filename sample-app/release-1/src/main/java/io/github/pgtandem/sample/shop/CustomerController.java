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
@RequestMapping("/customers")
class CustomerController {

    private final CustomerRepository customers;

    CustomerController(CustomerRepository customers) {
        this.customers = customers;
    }

    @GetMapping
    List<CustomerData> list(@RequestParam(defaultValue = "0") long after) {
        return customers.findTop50ByIdGreaterThanOrderById(after).stream()
                .map(CustomerData::of)
                .toList();
    }

    @GetMapping("/{id}")
    CustomerData get(@PathVariable long id) {
        return CustomerData.of(find(id));
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    CustomerData create(@RequestBody CustomerData data) {
        return CustomerData.of(customers.save(data.into(new Customer())));
    }

    @PutMapping("/{id}")
    @Transactional
    CustomerData update(@PathVariable long id, @RequestBody CustomerData data) {
        Customer customer = find(id);
        Answers.requireVersion(customer.version, data.version);
        return CustomerData.of(customers.saveAndFlush(data.into(customer)));
    }

    private Customer find(long id) {
        return customers.findById(id).orElseThrow(() -> Answers.notFound("customer", id));
    }

    record CustomerData(
            @Nullable Long id,
            String name,
            String email,
            @Nullable String fax,
            @Nullable Integer version) {

        static CustomerData of(Customer customer) {
            return new CustomerData(customer.id, customer.name, customer.email, customer.fax, customer.version);
        }

        Customer into(Customer customer) {
            customer.name = name;
            customer.email = email;
            customer.fax = fax;
            return customer;
        }
    }
}
