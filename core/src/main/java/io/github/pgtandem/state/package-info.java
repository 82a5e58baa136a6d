/** What pgtandem keeps in its own schema. */
@NullMarked
package io.github.pgtandem.state;

import org.jspecify.annotations.NullMarked;
