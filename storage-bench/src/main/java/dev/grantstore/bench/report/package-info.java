/**
 * Turns a result into text: tables for people, and the door to every other form. Pure functions,
 * thread-safe.
 */
@NullMarked
package dev.grantstore.bench.report;

import org.jspecify.annotations.NullMarked;
