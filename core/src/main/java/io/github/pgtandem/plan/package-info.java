/** From operations to ordered steps, without a connection. */
@NullMarked
package io.github.pgtandem.plan;

import org.jspecify.annotations.NullMarked;
