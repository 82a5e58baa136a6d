package io.github.pgtandem.sample.demo;

/** An order of one product, in no release's shape. */
record Purchase(
        long id,
        long customerId,
        long productId,
        int quantity,
        int unitCents,
        long totalCents,
        String status,
        int version) {

    static Purchase of(Customer customer, Product product, int quantity) {
        long total = (long) quantity * product.cents();
        return new Purchase(0, customer.id(), product.id(), quantity, product.cents(), total, "NEW", 0);
    }

    Purchase changed(int newQuantity, String newStatus) {
        long total = (long) newQuantity * unitCents;
        return new Purchase(id, customerId, productId, newQuantity, unitCents, total, newStatus, version);
    }

    Purchase status(String newStatus) {
        return new Purchase(id, customerId, productId, quantity, unitCents, totalCents, newStatus, version);
    }

    Purchase discounted(long newTotal) {
        return new Purchase(id, customerId, productId, quantity, unitCents, newTotal, status, version);
    }

    Purchase next() {
        return new Purchase(id, customerId, productId, quantity, unitCents, totalCents, status, version + 1);
    }

    Purchase stored(Purchase answer) {
        return new Purchase(answer.id, customerId, productId, quantity, unitCents, totalCents, status, 0);
    }
}
