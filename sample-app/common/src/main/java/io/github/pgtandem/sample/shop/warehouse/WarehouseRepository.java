package io.github.pgtandem.sample.shop.warehouse;

import org.springframework.data.jpa.repository.JpaRepository;

interface WarehouseRepository extends JpaRepository<Warehouse, Long> {}
