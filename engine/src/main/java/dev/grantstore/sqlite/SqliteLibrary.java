package dev.grantstore.sqlite;

import dev.grantstore.GrantStoreException;
import dev.grantstore.Reason;
import dev.grantstore.folder.NativeLibrary;
import java.io.IOException;
import org.sqlite.SQLiteConfig;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * Has the driver load SQLite's native library from where {@link NativeLibrary} keeps it. Where it
 * is in no jar, or somebody has set the driver's own property, the driver's way is taken.
 */
final class SqliteLibrary {
  private static final String DRIVER_PROPERTY = "org.sqlite.lib.path";

  private SqliteLibrary() {}

  /**
   * Tells the driver where the library is; to be called before the first connection.
   *
   * @throws GrantStoreException with {@link Reason#UNSUPPORTED} if there is no place for it
   */
  static synchronized void prepare() {
    if (System.getProperty(DRIVER_PROPERTY) != null) {
      return;
    }
    String name = LibraryLoaderUtil.getNativeLibName();
    String inJar = LibraryLoaderUtil.getNativeLibResourcePath() + "/" + name;
    try {
      NativeLibrary.unpack(SQLiteConfig.class, inJar, name, "sqlite-jdbc")
          .ifPresent(folder -> System.setProperty(DRIVER_PROPERTY, folder.toString()));
    } catch (IOException e) {
      throw new GrantStoreException(
          Reason.UNSUPPORTED, "SQLite's native library does not load: " + e.getMessage(), e);
    }
  }
}
