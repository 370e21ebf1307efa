package dev.grantstore.sqlite;

import dev.grantstore.embedded.NativeLibrary;
import java.io.IOException;
import java.nio.file.Path;
import org.sqlite.SQLiteConfig;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * Has the driver load SQLite's native library from where {@link NativeLibrary} keeps it. Where that
 * cannot be written, or somebody has set the driver's own property, the driver's way is taken.
 */
final class SqliteLibrary {
  private static final String DRIVER_PROPERTY = "org.sqlite.lib.path";

  private SqliteLibrary() {}

  /** Tells the driver where the library is; to be called before the first connection. */
  static synchronized void prepare() {
    if (System.getProperty(DRIVER_PROPERTY) != null) {
      return;
    }
    try {
      System.setProperty(DRIVER_PROPERTY, unpack().toString());
    } catch (IOException e) {
      // Not told, the driver unpacks a copy of its own.
      System.clearProperty(DRIVER_PROPERTY);
    }
  }

  private static Path unpack() throws IOException {
    String name = LibraryLoaderUtil.getNativeLibName();
    String inJar = LibraryLoaderUtil.getNativeLibResourcePath() + "/" + name;
    return NativeLibrary.unpack(SQLiteConfig.class, inJar, name, "sqlite-jdbc");
  }
}
