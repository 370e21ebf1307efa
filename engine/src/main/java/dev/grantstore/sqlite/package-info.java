/**
 * The SQLite engine, {@code sqlite:}: the same keys as the RocksDB engine's, in one SQLite file
 * with a table for each keyspace. The only package that uses SQLite to store grants.
 *
 * <p>One connection writes, under one lock; every cursor, snapshot and running read has a
 * connection of its own, because to SQLite a moment in time is an open read transaction. A call
 * enters an {@code OperationGate} first, and closing waits for those inside, ends cursors,
 * snapshots and loads, and then closes the connections, the writer's last.
 *
 * <p>SQLite has no checksums over its database; rows have, in values of version 02.
 */
@NullMarked
package dev.grantstore.sqlite;

import org.jspecify.annotations.NullMarked;
