/** The shop, as release 2 builds it. */
@NullMarked
package io.github.pgtandem.sample.shop;

import org.jspecify.annotations.NullMarked;
