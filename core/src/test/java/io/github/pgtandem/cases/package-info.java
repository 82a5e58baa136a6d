/** Cases: one folder an operation and kind, run through expand, complete and rollback. */
@NullMarked
package io.github.pgtandem.cases;

import org.jspecify.annotations.NullMarked;
