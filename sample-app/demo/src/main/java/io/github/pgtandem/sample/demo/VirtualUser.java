package io.github.pgtandem.sample.demo;

import io.github.pgtandem.sample.demo.Board.Written;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Uses one release as a person would, round after round, and checks every answer. */
final class VirtualUser {

    private static final int SEEDED = Seed.CUSTOMERS;

    private final int release;
    private final Shop shop;
    private final Board board;
    private final Traffic traffic;
    private final Random random;

    VirtualUser(int release, Shop shop, Board board, Traffic traffic, long seed) {
        this.release = release;
        this.shop = shop;
        this.board = board;
        this.traffic = traffic;
        this.random = new Random(seed);
    }

    void round() {
        browse();
        Customer customer = aCustomer();
        Product product = aProduct();
        Purchase purchase = aPurchase(customer, product);
        board.leave(release, new Written(customer, product, purchase));
        takeShared();
        compare();
    }

    private void browse() {
        long after = random.nextInt(SEEDED);
        ask(
                "list customers",
                () -> shop.customers(after),
                all -> !all.isEmpty() && all.get(0).id() > after);
        ask("list products", () -> shop.products(0), all -> !all.isEmpty());
        ask("list orders", () -> shop.purchases(after), this::totalsAddUp);
        ask("list warehouses", shop::warehouses, codes -> codes.equals(Seed.WAREHOUSES));
    }

    private boolean totalsAddUp(List<Purchase> purchases) {
        return !purchases.isEmpty()
                && purchases.stream().allMatch(each -> each.totalCents() == (long) each.quantity() * each.unitCents());
    }

    private Customer aCustomer() {
        long number = board.unique();
        Customer mine = new Customer(0, "Ada", "Byron " + number, "ada." + number + "@example.org", 0);
        Customer created = ask("create a customer", () -> shop.create(mine), got -> got.equals(mine.stored(got)));
        same("read a customer", () -> shop.customer(created.id()), created);
        Customer married = created.marry("King " + number);
        Customer updated = same("change a customer", () -> shop.update(married), married.next());
        ask("change a stale customer", () -> refuse(created), refused -> refused);
        return same("read a changed customer", () -> shop.customer(created.id()), updated);
    }

    private boolean refuse(Customer stale) {
        shop.updateStale(stale);
        return true;
    }

    private Product aProduct() {
        long number = board.unique();
        Product mine = new Product(0, "SKU-" + number, "Thing " + number, cents(), 10, 0);
        Product created = ask("create a product", () -> shop.create(mine), got -> got.equals(mine.stored(got)));
        Product dearer = created.priced(cents());
        Product updated = same("change a product", () -> shop.update(dearer), dearer.next());
        Product cheaper = updated.priced(cents());
        Product upserted = same("upsert a product", () -> shop.upsert(cheaper), cheaper.next());
        same("take a product", () -> shop.take(created.id(), 1), upserted.stock() - 1);
        return same(
                "read a product",
                () -> shop.product(created.id()),
                upserted.less(1).next());
    }

    private int cents() {
        return 1 + random.nextInt(100_000);
    }

    private Purchase aPurchase(Customer customer, Product product) {
        Purchase mine = Purchase.of(customer, product, 1 + random.nextInt(9));
        Purchase created = ask("order", () -> shop.order(mine), got -> got.equals(mine.stored(got)));
        same("read an order", () -> shop.purchase(created.id()), created);
        Purchase more = created.changed(created.quantity() + 1, "PAID");
        return same("change an order", () -> shop.update(more), more.next());
    }

    private void takeShared() {
        ask("take the shared product", () -> shop.take(board.shared().id(), 1), left -> left >= 0);
        board.took();
    }

    private void compare() {
        Written other = board.fetch(release);
        if (other == null) {
            return;
        }
        same("read the other's customer", () -> shop.customer(other.customer().id()), other.customer());
        same("read the other's product", () -> shop.product(other.product().id()), other.product());
        same("read the other's order", () -> shop.purchase(other.purchase().id()), other.purchase());
        board.same();
    }

    private <T> T same(String what, Supplier<T> request, T expected) {
        return traffic.request(what, request, expected::equals, "expected " + expected);
    }

    private <T> T ask(String what, Supplier<T> request, Predicate<T> right) {
        return traffic.request(what, request, right, "which is wrong");
    }
}
