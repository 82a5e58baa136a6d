/** A rolling deploy of the shop, told in acts. */
@NullMarked
package io.github.pgtandem.sample.demo;

import org.jspecify.annotations.NullMarked;
