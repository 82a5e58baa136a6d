/** Both releases on one database, through their REST APIs. */
@NullMarked
package io.github.pgtandem.sample.demo;

import org.jspecify.annotations.NullMarked;
