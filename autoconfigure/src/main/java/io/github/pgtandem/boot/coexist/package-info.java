/** Keeps other tools that work with the schema off the pinned path, or refuses what cannot be kept off it. */
@NullMarked
package io.github.pgtandem.boot.coexist;

import org.jspecify.annotations.NullMarked;
