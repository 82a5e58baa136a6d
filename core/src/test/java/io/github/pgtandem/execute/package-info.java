/** Tests of the executor's parts. */
@NullMarked
package io.github.pgtandem.execute;

import org.jspecify.annotations.NullMarked;
