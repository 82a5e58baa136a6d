package io.github.pgtandem.sample.demo;

import java.util.Locale;

/** A few writes through one release, each read through the other one. */
final class Exchange {

    private final Screen screen;
    private final Shop old;
    private final Shop fresh;

    Exchange(Screen screen, Shop old, Shop fresh) {
        this.screen = screen;
        this.old = old;
        this.fresh = fresh;
    }

    void show() {
        Customer ada = old.create(new Customer(0, "Ada", "Lovelace", "ada@example.org", 0));
        same(ada, fresh.customer(ada.id()));
        told(1, "name \"Ada Lovelace\"", 2, "firstName \"Ada\", lastName \"Lovelace\"");

        Customer grace = fresh.create(new Customer(0, "Grace", "Hopper", "grace@example.org", 0));
        same(grace, old.customer(grace.id()));
        told(2, "firstName \"Grace\", lastName \"Hopper\"", 1, "name \"Grace Hopper\"");

        Product book = old.create(new Product(0, "BOOK", "A book", 1250, 100, 0));
        same(book, fresh.product(book.id()));
        told(1, "title \"A book\", price 12.50", 2, "name \"A book\", priceCents 1250");

        Product dearer = fresh.update(book.priced(1399));
        same(dearer, old.product(book.id()));
        told(2, "priceCents 1399", 1, "price 13.99");

        Purchase three = old.order(Purchase.of(grace, dearer, 3));
        Purchase read = fresh.purchase(three.id());
        same(three, read);
        told(1, "an order of 3 at 13.99", 2, "totalCents " + read.totalCents());

        discountSurvives(read);
    }

    /** An old release's change of another column does not run the computation over what the new one wrote. */
    private void discountSurvives(Purchase purchase) {
        Purchase discounted = fresh.update(purchase.discounted(4000));
        old.update(old.purchase(purchase.id()).status("PAID"));
        Purchase read = fresh.purchase(purchase.id());
        same(discounted.status("PAID").next(), read);
        screen.say("release 2 gave a discount, totalCents 4000; release 1 wrote status \"PAID\"");
        screen.say(String.format(
                Locale.ROOT, "  → release 2 still reads totalCents %d, with status \"PAID\"", read.totalCents()));
    }

    private static void same(Object written, Object read) {
        if (!written.equals(read)) {
            throw new DemoFailed("Written: " + written + "\n  but read: " + read);
        }
    }

    private void told(int writer, String written, int reader, String read) {
        screen.say("release %d wrote %s → release %d reads %s", writer, written, reader, read);
    }
}
