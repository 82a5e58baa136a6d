package io.github.pgtandem.boot;

import java.util.Set;
import org.springframework.boot.sql.init.dependency.AbstractBeansOfTypeDatabaseInitializerDetector;

/** Has everything that uses the database wait for {@link PgTandemInitializer}, which itself waits for Flyway and Liquibase. */
final class PgTandemDatabaseInitializerDetector extends AbstractBeansOfTypeDatabaseInitializerDetector {

    private static final int AFTER_OTHER_MIGRATIONS = 100;

    @Override
    protected Set<Class<?>> getDatabaseInitializerBeanTypes() {
        return Set.of(PgTandemInitializer.class);
    }

    @Override
    public int getOrder() {
        return AFTER_OTHER_MIGRATIONS;
    }
}
