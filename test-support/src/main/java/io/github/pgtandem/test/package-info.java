/**
 * For the builds of applications that use pgtandem: {@link io.github.pgtandem.test.PgTandemMigrations} gives a test an
 * expanded database, {@link io.github.pgtandem.test.PgTandemAssertions} checks a release.
 */
@NullMarked
package io.github.pgtandem.test;

import org.jspecify.annotations.NullMarked;
