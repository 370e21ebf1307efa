/**
 * The store over any ordered database, and what engines over an embedded one need besides: one
 * folder per store, one process that writes it, one write at a time, rows in the key order of
 * {@link dev.grantstore.layout}. Knows no database; every engine depends on this package and not on
 * another engine.
 *
 * <ul>
 *   <li>The seam: a {@link dev.grantstore.keyvalue.KeyValueDatabase} has {@link
 *       dev.grantstore.keyvalue.View}s to read, with {@link dev.grantstore.keyvalue.Rows}, and a
 *       {@link dev.grantstore.keyvalue.Batch} to write. That is an engine.
 *   <li>The store: {@link dev.grantstore.keyvalue.KeyValueStore} does everything else, once: reads,
 *       writes, cursors, snapshots, loads, and the end of all of them.
 *   <li>The syncs: {@link dev.grantstore.keyvalue.CatalogRows} reads them, {@link
 *       dev.grantstore.keyvalue.SyncCatalog} is what readers see.
 *   <li>The folder: {@link dev.grantstore.keyvalue.FolderClaim} checks and locks it, {@link
 *       dev.grantstore.keyvalue.StoreFolder} says by a file FORMAT what it is, {@link
 *       dev.grantstore.keyvalue.DurableMark} what must be in it.
 * </ul>
 *
 * <p>Each type says which threads may use it.
 */
@NullMarked
package dev.grantstore.keyvalue;

import org.jspecify.annotations.NullMarked;
