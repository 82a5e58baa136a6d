package io.github.pgtandem.sample.demo;

/** A product, in no release's shape. */
record Product(long id, String sku, String name, int cents, int stock, int version) {

    Product priced(int newCents) {
        return new Product(id, sku, name, newCents, stock, version);
    }

    Product less(int taken) {
        return new Product(id, sku, name, cents, stock - taken, version);
    }

    Product next() {
        return new Product(id, sku, name, cents, stock, version + 1);
    }

    Product stored(Product answer) {
        return new Product(answer.id, sku, name, cents, stock, 0);
    }
}
