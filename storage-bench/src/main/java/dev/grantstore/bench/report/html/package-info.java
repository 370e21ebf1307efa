/**
 * One HTML page of a result, whole in itself: no script, no network, no other file. Pure functions,
 * thread-safe; same result, same page.
 */
@NullMarked
package dev.grantstore.bench.report.html;

import org.jspecify.annotations.NullMarked;
