/** What a version sees: immutable tables and columns, each with its logical name and the name it is stored under. */
@NullMarked
package io.github.pgtandem.schema;

import org.jspecify.annotations.NullMarked;
