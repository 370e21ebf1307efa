/**
 * The forms of a result that other programs read: CSV, HdrHistogram logs, JMH's JSON, Go's
 * benchmark text; and of a gate, JUnit's XML. Pure functions, thread-safe.
 */
@NullMarked
package dev.grantstore.bench.export;

import org.jspecify.annotations.NullMarked;
