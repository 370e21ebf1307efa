package dev.grantstore.keyvalue;

import dev.grantstore.SyncRun;
import dev.grantstore.codec.SyncRow;
import dev.grantstore.folder.FolderTree;
import dev.grantstore.packed.PageCopy;
import dev.grantstore.packed.PageSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/**
 * Takes one packed sync in as pages, by the steps of a bulk load: its id is reserved, the engine
 * writes files into the load's folder, and the sync's row makes them one. Stateless.
 */
final class PageLoad {
  private PageLoad() {}

  /**
   * {@return the sealed sync}
   *
   * @param run the sync, open
   * @param store the store's folder
   */
  static SyncRun run(
      KeyValueDatabase database,
      KeyValueWrites writes,
      SyncRun run,
      Instant endedAt,
      SyncRow from,
      PageSource pages,
      Path store) {
    SyncRow row = writes.reserve(run);
    Path folder = LoadFolder.of(store, row.number());
    boolean taken = false;
    try {
      Files.createDirectory(folder);
      KeyValueDatabase.Ingest ingest =
          database.preparePages(
              row, from, (number, sink) -> PageCopy.copy(from, pages, number, sink), folder);
      YieldPoint.reached("pages prepared");
      SyncRun sealed = writes.takeIn(row, ingest, endedAt);
      taken = true;
      return sealed;
    } catch (Exception e) {
      throw Failures.of(database, "load failed", e);
    } finally {
      end(writes, row, folder, taken);
    }
  }

  /** Files that stay now go on the next opening. */
  private static void end(KeyValueWrites writes, SyncRow row, Path folder, boolean taken) {
    try {
      CrashPoint.reached();
      FolderTree.delete(folder);
    } catch (IOException e) {
      if (!taken) {
        throw FileErrors.wrap("load's files could not be removed", e, folder);
      }
    } finally {
      if (!taken) {
        writes.unreserve(row.run().id());
      }
    }
  }
}
