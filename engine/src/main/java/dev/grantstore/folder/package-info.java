/**
 * Folders on a machine that others use too: which of them can be trusted, what we make in shared
 * ones, and how it is taken away again. Knows nothing of grants; engines and tools use it.
 *
 * <ul>
 *   <li>{@link dev.grantstore.folder.CacheFolder} decides where things are kept that can be made
 *       again; {@link dev.grantstore.folder.NativeLibrary} keeps libraries there.
 *   <li>{@link dev.grantstore.folder.LockedFolder} is for what goes when its process goes, also
 *       when that was killed.
 *   <li>{@link dev.grantstore.folder.FolderTree} deletes, {@link dev.grantstore.folder.WholeFile}
 *       writes.
 * </ul>
 *
 * <p>Everything is stateless or says which threads may use it.
 */
@NullMarked
package dev.grantstore.folder;

import org.jspecify.annotations.NullMarked;
