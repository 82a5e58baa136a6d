package io.github.pgtandem.boot;

import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ApplicationContext;
import org.springframework.core.Ordered;

/**
 * Ends an application that only expands. Before the application's own runners, which are for an application that serves.
 */
final class ExitAfterExpand implements ApplicationRunner, Ordered {

    private static final Logger LOG = LoggerFactory.getLogger(ExitAfterExpand.class);

    private final ApplicationContext context;
    private final IntConsumer exit;

    ExitAfterExpand(ApplicationContext context, IntConsumer exit) {
        this.context = context;
        this.exit = exit;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        LOG.info("The version of this build is live; the application ends, as pgtandem.exit-after-expand is set.");
        exit.accept(SpringApplication.exit(context, () -> 0));
    }

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }
}
