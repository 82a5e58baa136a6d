/**
 * The public API of pgtandem: load the {@link io.github.pgtandem.Release} of a build, hand it to {@link
 * io.github.pgtandem.PgTandem}, and call {@code start}, {@code complete} or {@code rollback}. All else is internal.
 */
@NullMarked
package io.github.pgtandem;

import org.jspecify.annotations.NullMarked;
