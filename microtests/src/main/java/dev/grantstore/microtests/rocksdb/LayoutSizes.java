package dev.grantstore.microtests.rocksdb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.rocksdb.RocksDBException;

/** What each {@link Layout} takes on disk, all its keyspaces together. */
public final class LayoutSizes {
  private LayoutSizes() {}

  /** {@return a table, one line for each layout} */
  public static String table() {
    StringBuilder out = new StringBuilder("%-20s %12s%n".formatted("layout", "bytes/grant"));
    LayoutRows rows = new LayoutRows();
    for (Layout layout : Layout.values()) {
      out.append("%-20s %12.1f%n".formatted(layout, bytesPerGrant(layout, rows)));
    }
    return out.toString();
  }

  private static double bytesPerGrant(Layout layout, LayoutRows rows) {
    try {
      Path folder = Files.createTempDirectory("layout");
      try (LayoutDatabase database = new LayoutDatabase(layout, rows, folder)) {
        return database.bytesPerGrant();
      } finally {
        delete(folder);
      }
    } catch (IOException | RocksDBException e) {
      throw new IllegalStateException("layout could not be filled: " + layout, e);
    }
  }

  static void delete(Path folder) throws IOException {
    try (Stream<Path> found = Files.walk(folder)) {
      for (Path path : found.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
