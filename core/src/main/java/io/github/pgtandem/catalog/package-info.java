/** Reads pg_catalog into the schema model. */
@NullMarked
package io.github.pgtandem.catalog;

import org.jspecify.annotations.NullMarked;
