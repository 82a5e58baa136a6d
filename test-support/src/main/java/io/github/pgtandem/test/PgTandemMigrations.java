package io.github.pgtandem.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Expands a database to the release on the classpath before the tests of a class, as an instance does when it boots. The
 * tests may take as parameters a {@link DataSource} pinned to the release, the {@link io.github.pgtandem.Release} and
 * the {@link io.github.pgtandem.PgTandem} that did it.
 */
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(PgTandemExtension.class)
public @interface PgTandemMigrations {

    /**
     * Gives the database, by direct and unpinned connections; has a constructor without parameters. By default the system properties {@code
     * pgtandem.test.url}, {@code pgtandem.test.user} and {@code pgtandem.test.password} say where it is.
     */
    Class<? extends Supplier<DataSource>> dataSource() default PropertiesDataSource.class;

    /** The folders that hold the migrations. */
    String[] locations() default PgTandemAssertions.LOCATION;

    /** The base schema, which holds the tables. */
    String schema() default "public";

    /** The version that a database with tables but without history has; empty to refuse such a database. */
    String baseline() default "";
}
