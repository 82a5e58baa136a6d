/** Pins the application's DataSources to the version schema of its build, and checks that the pin holds. */
@NullMarked
package io.github.pgtandem.boot.pin;

import org.jspecify.annotations.NullMarked;
