package io.github.pgtandem.boot;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Backs off where there is no migration and that is said to be all right. */
final class OnMigrationsCondition extends SpringBootCondition {

    private static final Logger LOG = LoggerFactory.getLogger(OnMigrationsCondition.class);
    private static final List<String> DEFAULT_LOCATIONS = List.of("classpath:db/pgtandem");

    @Override
    public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
        ConditionMessage.Builder message = ConditionMessage.forCondition("pgtandem migrations");
        if (context.getEnvironment().getProperty("pgtandem.fail-on-missing-locations", Boolean.class, true)) {
            return ConditionOutcome.match(message.because("missing ones are reported later"));
        }
        List<String> locations = Binder.get(context.getEnvironment())
                .bind("pgtandem.locations", Bindable.listOf(String.class))
                .orElse(DEFAULT_LOCATIONS);
        if (new MigrationFiles(context.getResourceLoader()).in(locations).isEmpty()) {
            LOG.info("No migrations in {}: pgtandem leaves the database and the DataSources alone.", locations);
            return ConditionOutcome.noMatch(message.didNotFind("migration").items(locations));
        }
        return ConditionOutcome.match(message.foundExactly("migrations"));
    }
}
