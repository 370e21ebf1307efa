/**
 * What is done to a store, as plain data: operations, workloads of which every subsequence is valid
 * too, and their seeded generator. Knows no engine and no test framework. Values are immutable;
 * generators belong to one thread.
 */
@NullMarked
package dev.grantstore.equivalence.workload;

import org.jspecify.annotations.NullMarked;
