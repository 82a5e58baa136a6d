package io.github.pgtandem.random;

import java.util.List;

/**
 * One operation.
 *
 * @param yaml as it stands in a migration
 * @param byHand what somebody would write instead, on a table without rows
 * @param after the table as it leaves it
 * @param links in both directions
 */
record Step(String yaml, List<String> byHand, Shape after, List<Link> links) {}
