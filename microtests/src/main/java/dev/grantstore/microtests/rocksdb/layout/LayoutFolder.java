package dev.grantstore.microtests.rocksdb.layout;

import dev.grantstore.folder.FolderTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.rocksdb.RocksDBException;

/**
 * Databases of layouts, each made when it is first asked for. They are kept for other processes in
 * the folder that the system property {@value #FOLDER} names; without it they are gone with this.
 * One thread, one process at a time.
 */
public final class LayoutFolder implements AutoCloseable {
  /** Names the folder. */
  public static final String FOLDER = "grantstore.layouts";

  private final Path folder;
  private final boolean isMine;
  private final Grants grants;

  private LayoutFolder(Path folder, boolean isMine, Grants grants) {
    this.folder = folder;
    this.isMine = isMine;
    this.grants = grants;
  }

  /**
   * {@return databases of the grants that benchmarks use}
   *
   * @param content of which kind
   * @throws IOException if the folder cannot be made
   */
  public static LayoutFolder open(Content content) throws IOException {
    Grants grants = Grants.of(content, LayoutRows.GRANTS);
    Optional<String> named = Optional.ofNullable(System.getProperty(FOLDER));
    return named.isPresent()
        ? new LayoutFolder(
            Files.createDirectories(Path.of(named.get()).resolve(content.name())), false, grants)
        : temporary(grants);
  }

  /**
   * {@return databases of the grants of a fixture's first sync; not kept}
   *
   * @param fixture its folder
   * @throws IOException if it cannot be read
   */
  public static LayoutFolder ofFixture(Path fixture) throws IOException {
    return temporary(Grants.of(fixture));
  }

  private static LayoutFolder temporary(Grants grants) throws IOException {
    return new LayoutFolder(Files.createTempDirectory("layouts"), true, grants);
  }

  /** How many grants they are of. */
  int count() {
    return grants.count();
  }

  /** The rows of a layout. */
  LayoutRows rows(Layout layout) {
    return new LayoutRows(layout.keys(), grants);
  }

  /** Where the database of a layout is. */
  Path database(Layout layout) throws IOException, RocksDBException {
    Path database = folder.resolve(layout.name());
    if (!Files.exists(database)) {
      create(new LayoutFiles(layout, rows(layout)), layout, database);
    }
    return database;
  }

  /** Where some databases of a layout are, whose files share nothing. */
  List<Path> databases(Layout layout, int count) throws IOException, RocksDBException {
    List<Path> databases = new ArrayList<>();
    LayoutFiles files = null;
    for (int i = 0; i < count; i++) {
      Path database = folder.resolve(layout.name() + "-" + i);
      if (!Files.exists(database)) {
        files = files == null ? new LayoutFiles(layout, rows(layout)) : files;
        create(files, layout, database);
      }
      databases.add(database);
    }
    return databases;
  }

  private static void create(LayoutFiles files, Layout layout, Path database)
      throws IOException, RocksDBException {
    Path unfinished = database.resolveSibling(database.getFileName() + ".new");
    FolderTree.delete(unfinished);
    LayoutDatabase.create(files, layout, unfinished);
    Files.move(unfinished, database);
  }

  @Override
  public void close() throws IOException {
    if (isMine) {
      FolderTree.delete(folder);
    }
  }
}
