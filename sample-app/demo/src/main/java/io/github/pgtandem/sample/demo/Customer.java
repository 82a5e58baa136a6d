package io.github.pgtandem.sample.demo;

/** A customer, in no release's shape. */
record Customer(long id, String first, String last, String email, int version) {

    Customer marry(String other) {
        return new Customer(id, first, other, email, version);
    }

    Customer next() {
        return new Customer(id, first, last, email, version + 1);
    }

    Customer stored(Customer answer) {
        return new Customer(answer.id, first, last, email, 0);
    }
}
