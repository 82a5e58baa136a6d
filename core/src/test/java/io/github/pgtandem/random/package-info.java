/** Random releases and writes against a plain model of them. */
@NullMarked
package io.github.pgtandem.random;

import org.jspecify.annotations.NullMarked;
