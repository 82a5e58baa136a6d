package io.github.pgtandem.boot;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.beans.factory.annotation.Qualifier;

/**
 * Marks the DataSource bean whose connections migrate: of a role that may create schemas and alter the tables, leading
 * to PostgreSQL directly. It is never pinned. Declare it with {@code @Bean(defaultCandidate = false)}, so that the
 * application's own stays the only candidate for everything else.
 */
@Target({ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER, ElementType.TYPE, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Qualifier
public @interface PgTandemDataSource {}
