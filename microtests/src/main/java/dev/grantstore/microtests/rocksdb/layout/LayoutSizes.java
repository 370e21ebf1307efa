package dev.grantstore.microtests.rocksdb.layout;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.rocksdb.RocksDBException;

/** What layouts take on disk, in bytes per grant. */
public final class LayoutSizes {
  private static final List<Layout> PACKED =
      List.of(Layout.UNCOMPRESSED, Layout.LZ4, Layout.ENGINE, Layout.ZSTD_9);
  private static final int[] LEVELS = {1, 3, 9, 15};

  private LayoutSizes() {}

  /**
   * {@return a table, one line for each layout}
   *
   * @param folder databases that are not there yet are made in it
   * @throws IOException if there is no place for them
   */
  public static String layouts(LayoutFolder folder) throws IOException {
    StringBuilder out =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                "%-20s %10s %10s %14s %12s %10s\n",
                "layout",
                "total",
                "grants",
                "by_entitlement",
                "by_principal",
                "others"));
    for (Layout layout : Layout.values()) {
      out.append(layout.isOneFamily() ? oneFamily(layout, folder) : line(layout, folder));
    }
    return out.toString();
  }

  /**
   * {@return a table, one line for each layout whose files were compressed as a whole}
   *
   * @param folder databases that are not there yet are made in it
   * @throws IOException if there is no place for them
   */
  public static String packed(LayoutFolder folder) throws IOException {
    StringBuilder out =
        new StringBuilder(String.format(Locale.ROOT, "%-20s %10s", "files, then", "as is"));
    for (int level : LEVELS) {
      out.append(String.format(Locale.ROOT, "%10s", "ZSTD " + level));
    }
    for (Layout layout : PACKED) {
      byte[] files = tableFiles(database(layout, folder));
      out.append(
          String.format(Locale.ROOT, "\n%-20s %10.1f", layout, perGrant(folder, files.length)));
      for (int level : LEVELS) {
        out.append(
            String.format(
                Locale.ROOT, "%10.1f", perGrant(folder, Zstd.compress(files, level).length)));
      }
    }
    return out.append(String.format(Locale.ROOT, "\n")).toString();
  }

  /** The content of all table files of a database, one after the other. */
  static byte[] tableFiles(Path database) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try (Stream<Path> found = Files.list(database)) {
      for (Path file : found.filter(path -> path.toString().endsWith(".sst")).sorted().toList()) {
        all.write(Files.readAllBytes(file));
      }
    }
    return all.toByteArray();
  }

  private static String oneFamily(Layout layout, LayoutFolder folder) throws IOException {
    return String.format(
        Locale.ROOT,
        "%-20s %10.1f\n",
        layout,
        perGrant(folder, tableFiles(database(layout, folder)).length));
  }

  private static String line(Layout layout, LayoutFolder folder) throws IOException {
    LayoutRows rows = folder.rows(layout);
    try (LayoutDatabase open =
        LayoutDatabase.open(layout, rows, database(layout, folder), Room.TENTH.bytes())) {
      long total = 0;
      for (Table table : layout.tables()) {
        total += open.fileBytes(table);
      }
      long grants = open.fileBytes(Table.GRANTS);
      long byEntitlement = open.fileBytes(Table.BY_ENTITLEMENT);
      long byPrincipal = open.fileBytes(Table.BY_PRINCIPAL);
      return String.format(
          Locale.ROOT,
          "%-20s %10.1f %10.1f %14.1f %12.1f %10.1f\n",
          layout,
          perGrant(folder, total),
          perGrant(folder, grants),
          perGrant(folder, byEntitlement),
          perGrant(folder, byPrincipal),
          perGrant(folder, total - grants - byEntitlement - byPrincipal));
    } catch (RocksDBException e) {
      throw new IllegalStateException("layout does not open: " + layout, e);
    }
  }

  private static Path database(Layout layout, LayoutFolder folder) throws IOException {
    try {
      return folder.database(layout);
    } catch (RocksDBException e) {
      throw new IllegalStateException("layout could not be filled: " + layout, e);
    }
  }

  private static double perGrant(LayoutFolder folder, long bytes) {
    return (double) bytes / folder.count();
  }
}
