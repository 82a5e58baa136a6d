/** What the REST APIs of both releases have in common. */
@NullMarked
package io.github.pgtandem.sample.shop.web;

import org.jspecify.annotations.NullMarked;
