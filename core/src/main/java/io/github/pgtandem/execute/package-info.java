/** Carries steps out: locks, retries, backfill, journal. */
@NullMarked
package io.github.pgtandem.execute;

import org.jspecify.annotations.NullMarked;
