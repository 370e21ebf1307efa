/** Rows in an SQLite database that is made to be weighed. One thread. */
@NullMarked
package dev.grantstore.microtests.encoding.sqlite;

import org.jspecify.annotations.NullMarked;
