/**
 * The contract as tests: an engine extends {@link
 * dev.grantstore.equivalence.testkit.GrantStoreContract} with one method and is judged by every
 * rule. Everything here runs on the thread of its test.
 */
@NullMarked
package dev.grantstore.equivalence.testkit;

import org.jspecify.annotations.NullMarked;
