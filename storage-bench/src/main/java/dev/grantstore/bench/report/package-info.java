/**
 * A result as people read it: a view of figures, facts and sentences, made once, and its two
 * printers, tables of text and one HTML page that is whole in itself (no script, no network, no
 * other file). Comparisons and gates in print; the door to every other form. Pure functions,
 * thread-safe; same result, same text.
 */
@NullMarked
package dev.grantstore.bench.report;

import org.jspecify.annotations.NullMarked;
