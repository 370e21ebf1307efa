package dev.grantstore.sort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A folder for spilled runs, made at the first use; it must be empty again when closed. */
final class TempFiles implements AutoCloseable {
  private @Nullable Path folder;
  private int files;

  SortedRun spill(List<Row> rows) throws IOException {
    if (folder == null) {
      folder = Files.createTempDirectory("grantstore-sort");
    }
    return SortedRun.spill(folder.resolve("run-" + files++), Row.sortedBuffer(rows).cursor());
  }

  @Override
  public void close() throws IOException {
    if (folder != null) {
      Files.delete(folder);
      folder = null;
    }
  }
}
