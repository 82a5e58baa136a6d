/** Migration files, located and parsed: from text to the fields of each operation. Internal. */
@NullMarked
package io.github.pgtandem.migration;

import org.jspecify.annotations.NullMarked;
