/** The warehouses, which no migration changes and both releases therefore share. */
@NullMarked
package io.github.pgtandem.sample.shop.warehouse;

import org.jspecify.annotations.NullMarked;
