/** Scenarios: several versions of an application at work on one database. */
@NullMarked
package io.github.pgtandem.scenario;

import org.jspecify.annotations.NullMarked;
