package io.github.pgtandem.sample.shop;

import java.util.List;
import java.util.Optional;
import org.springframework.data.jpa.repository.EntityGraph;
import org.springframework.data.jpa.repository.JpaRepository;

interface OrderRepository extends JpaRepository<Order, Long> {

    @EntityGraph(attributePaths = {"customer", "product"})
    List<Order> findTop50ByIdGreaterThanOrderById(long id);

    @Override
    @EntityGraph(attributePaths = {"customer", "product"})
    Optional<Order> findById(Long id);
}
