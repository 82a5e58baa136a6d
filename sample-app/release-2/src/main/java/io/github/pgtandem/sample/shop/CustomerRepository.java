package io.github.pgtandem.sample.shop;

import java.util.List;
import org.springframework.data.jpa.repository.JpaRepository;

interface CustomerRepository extends JpaRepository<Customer, Long> {

    List<Customer> findTop50ByIdGreaterThanOrderById(long id);

    List<Customer> findTop50ByLastNameOrderById(String lastName);
}
