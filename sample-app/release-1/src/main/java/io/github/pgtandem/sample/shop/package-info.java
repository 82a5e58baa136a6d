/** The shop, as release 1 builds it. */
@NullMarked
package io.github.pgtandem.sample.shop;

import org.jspecify.annotations.NullMarked;
