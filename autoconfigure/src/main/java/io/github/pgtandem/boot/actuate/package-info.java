/** What pgtandem shows to operators: the actuator endpoint, health, info and meters. */
@NullMarked
package io.github.pgtandem.boot.actuate;

import org.jspecify.annotations.NullMarked;
