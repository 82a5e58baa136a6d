package io.github.pgtandem.sample.shop.warehouse;

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
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/warehouses")
class WarehouseController {

    private final WarehouseRepository warehouses;

    WarehouseController(WarehouseRepository warehouses) {
        this.warehouses = warehouses;
    }

    @GetMapping
    List<WarehouseData> list() {
        return warehouses.findAll().stream().map(WarehouseData::of).toList();
    }

    @GetMapping("/{id}")
    WarehouseData get(@PathVariable long id) {
        return WarehouseData.of(find(id));
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    WarehouseData create(@RequestBody WarehouseData data) {
        return WarehouseData.of(warehouses.save(data.into(new Warehouse())));
    }

    @PutMapping("/{id}")
    @Transactional
    WarehouseData update(@PathVariable long id, @RequestBody WarehouseData data) {
        Warehouse warehouse = find(id);
        Answers.requireVersion(warehouse.version, data.version);
        return WarehouseData.of(warehouses.saveAndFlush(data.into(warehouse)));
    }

    private Warehouse find(long id) {
        return warehouses.findById(id).orElseThrow(() -> Answers.notFound("warehouse", id));
    }

    record WarehouseData(
            @Nullable Long id,
            String code,
            String city,
            @Nullable Integer version) {

        static WarehouseData of(Warehouse warehouse) {
            return new WarehouseData(warehouse.id, warehouse.code, warehouse.city, warehouse.version);
        }

        Warehouse into(Warehouse warehouse) {
            warehouse.code = code;
            warehouse.city = city;
            return warehouse;
        }
    }
}
