/** The database of a shop that was given none. */
@NullMarked
package io.github.pgtandem.sample.shop.database;

import org.jspecify.annotations.NullMarked;
