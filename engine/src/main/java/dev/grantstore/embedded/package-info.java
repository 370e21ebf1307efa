/**
 * What engines over an embedded database have in common: one folder per store, one process that
 * writes it, one write at a time, rows in the key order of {@link dev.grantstore.layout}. Knows no
 * database; every engine depends on this package and not on another engine.
 *
 * <ul>
 *   <li>The folder: {@link dev.grantstore.embedded.FolderClaim} checks and locks it, {@link
 *       dev.grantstore.embedded.StoreFolder} says by a file FORMAT what it is, {@link
 *       dev.grantstore.embedded.LoadFolder} is a load's place in it.
 *   <li>The syncs: {@link dev.grantstore.embedded.SyncCatalog} as readers see them, {@link
 *       dev.grantstore.embedded.SyncLedger} as the writer knows them.
 *   <li>Reads: {@link dev.grantstore.embedded.GatedReader}, {@link
 *       dev.grantstore.embedded.PageRequest}.
 *   <li>Loads: {@link dev.grantstore.embedded.SyncLoad} sorts what comes in, and the engine takes
 *       it in as a {@link dev.grantstore.embedded.LoadTarget}; {@link
 *       dev.grantstore.embedded.MergedRows} is how, where rows are put one after the other.
 *   <li>The end: an {@link dev.grantstore.embedded.OperationGate} is shut before what is behind it
 *       goes; {@link dev.grantstore.embedded.Children} are ended first.
 * </ul>
 *
 * <p>Each type says which threads may use it.
 */
@NullMarked
package dev.grantstore.embedded;

import org.jspecify.annotations.NullMarked;
