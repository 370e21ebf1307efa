/**
 * The Kudu engine, {@code kudu:}: the same rows as the other engines', in one table of an Apache
 * Kudu cluster, for whoever must outlive a machine or outgrow one. The only package that uses the
 * Kudu client. How it works is in rfc/0011.
 *
 * <p>Kudu writes rows of several tablets one by one. What makes a batch one step is the <em>visible
 * timestamp</em>: readers read at it, the writer moves it once all rows are there, and whoever
 * opens the store after a crash takes back what is younger ({@link dev.grantstore.kudu.Rollback}).
 * What keeps a writer out that was replaced is the name of a column ({@link
 * dev.grantstore.kudu.StoreTable#fence}): Kudu refuses rows that are sent with the old one.
 *
 * <p>Threads: views may be read by many; a batch and all that moves the timestamp is one thread's
 * at a time.
 */
@NullMarked
package dev.grantstore.kudu;

import org.jspecify.annotations.NullMarked;
