/** The physical vocabulary: what is done to storage, with expand, complete and rollback side by side. */
@NullMarked
package io.github.pgtandem.change;

import org.jspecify.annotations.NullMarked;
