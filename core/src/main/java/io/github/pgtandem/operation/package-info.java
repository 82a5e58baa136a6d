/** The author's vocabulary: one record an operation, each with one pure method. */
@NullMarked
package io.github.pgtandem.operation;

import org.jspecify.annotations.NullMarked;
