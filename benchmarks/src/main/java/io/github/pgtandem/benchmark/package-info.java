/** What pgtandem costs: each benchmark is one class and prints ratios that were measured in one run. */
@NullMarked
package io.github.pgtandem.benchmark;

import org.jspecify.annotations.NullMarked;
