package dev.grantstore.bench.benchmark;

import dev.grantstore.GrantQuery;
import dev.grantstore.fixture.manifest.Manifest.ExpectedRows;

/**
 * A list to ask for, and what it must give.
 *
 * @param name the list as messages print it
 * @param query made before the clock starts
 * @param expected what the rows add up to
 */
record ListKey(String name, GrantQuery query, ExpectedRows expected) {}
