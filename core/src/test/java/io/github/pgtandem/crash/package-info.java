/** P6: acts that are cut short, by a killed process or a lost connection, and what the next instance makes of them. */
@NullMarked
package io.github.pgtandem.crash;

import org.jspecify.annotations.NullMarked;
