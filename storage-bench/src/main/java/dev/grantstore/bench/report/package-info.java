/** Turns a result into text: tables for people, JSON for programs. Pure functions, thread-safe. */
@NullMarked
package dev.grantstore.bench.report;

import org.jspecify.annotations.NullMarked;
