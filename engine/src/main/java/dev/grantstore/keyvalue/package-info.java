/**
 * What engines over an embedded database have in common: one folder per store, one process that
 * writes it, one write at a time, rows in the key order of {@link dev.grantstore.layout}. Knows no
 * database; every engine depends on this package and not on another engine.
 *
 * <ul>
 *   <li>The folder: {@link dev.grantstore.keyvalue.FolderClaim} checks and locks it, {@link
 *       dev.grantstore.keyvalue.StoreFolder} says by a file FORMAT what it is, {@link
 *       dev.grantstore.keyvalue.LoadFolder} is a load's place in it.
 *   <li>The syncs: {@link dev.grantstore.keyvalue.SyncCatalog} as readers see them, {@link
 *       dev.grantstore.keyvalue.SyncLedger} as the writer knows them.
 *   <li>Reads: {@link dev.grantstore.keyvalue.GatedReader}, {@link
 *       dev.grantstore.keyvalue.PageRequest}.
 *   <li>Loads: {@link dev.grantstore.keyvalue.SyncLoad} sorts what comes in, and the engine takes
 *       it in as a {@link dev.grantstore.keyvalue.LoadTarget}; {@link
 *       dev.grantstore.keyvalue.MergedRows} is how, where rows are put one after the other.
 *   <li>The end: an {@link dev.grantstore.keyvalue.OperationGate} is shut before what is behind it
 *       goes; {@link dev.grantstore.keyvalue.Children} are ended first.
 * </ul>
 *
 * <p>Each type says which threads may use it.
 */
@NullMarked
package dev.grantstore.keyvalue;

import org.jspecify.annotations.NullMarked;
