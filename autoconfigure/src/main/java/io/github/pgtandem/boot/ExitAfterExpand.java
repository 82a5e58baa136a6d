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

    private final PgTandemProperties properties;
    private final ApplicationContext context;
    private final IntConsumer exit;

    /** Asks the properties when it runs, so that one image built ahead of time is application and job. */
    ExitAfterExpand(PgTandemProperties properties, ApplicationContext context, IntConsumer exit) {
        this.properties = properties;
        this.context = context;
        this.exit = exit;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        if (!properties.exitAfterExpand()) {
            return;
        }
        LOG.info("The version of this build is live; the application ends, as pgtandem.exit-after-expand is set.");
        exit.accept(SpringApplication.exit(context, () -> 0));
    }

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }
}
