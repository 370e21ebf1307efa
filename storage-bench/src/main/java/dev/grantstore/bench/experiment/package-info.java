/**
 * Whole runs: fixtures for every engine, forks in turn, what they measured put together, kept as it
 * comes so that an interrupted run can go on.
 */
@NullMarked
package dev.grantstore.bench.experiment;

import org.jspecify.annotations.NullMarked;
