/** pgtandem in a Spring Boot application: configuration, start, pinning. */
@NullMarked
package io.github.pgtandem.boot;

import org.jspecify.annotations.NullMarked;
