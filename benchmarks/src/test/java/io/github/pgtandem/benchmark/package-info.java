@NullMarked
package io.github.pgtandem.benchmark;

import org.jspecify.annotations.NullMarked;
