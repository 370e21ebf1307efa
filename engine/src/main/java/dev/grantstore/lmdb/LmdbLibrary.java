package dev.grantstore.lmdb;

import com.kenai.jffi.MemoryIO;
import dev.grantstore.GrantStoreException;
import dev.grantstore.Reason;
import dev.grantstore.folder.NativeLibrary;
import java.io.IOException;
import java.util.Locale;
import org.lmdbjava.Env;
import org.lmdbjava.Meta;
import org.lmdbjava.TargetName;

/**
 * Loads LMDB's native library, and that of jffi which calls it, from where {@link NativeLibrary}
 * keeps them. Where they are in no jar, or somebody has set the libraries' own properties, their
 * own ways are taken.
 */
final class LmdbLibrary {
  private static final String LMDB_PROPERTY = TargetName.LMDB_NATIVE_LIB_PROP;
  private static final String LMDB_EMBEDDED_PROPERTY = TargetName.LMDB_EMBEDDED_LIB_PROP;
  private static final String JFFI_PROPERTY = "jffi.boot.library.path";
  private static final String JFFI_NAME = "jffi-1.2";

  private LmdbLibrary() {}

  /**
   * Loads the libraries unless they are loaded.
   *
   * @throws GrantStoreException with {@link Reason#UNSUPPORTED} if they cannot be loaded here, each
   *     time it is called
   */
  static synchronized void load() {
    try {
      prepareJffi();
      prepareLmdb();
      // Both need their library: the one that copies, and the one that stores.
      MemoryIO.getInstance();
      Meta.version();
    } catch (IOException | LinkageError | RuntimeException e) {
      throw unsupported(e);
    }
  }

  /** The version of the native library, which this loads. */
  static String version() {
    load();
    Meta.Version version = Meta.version();
    return String.format(Locale.ROOT, "%d.%d.%d", version.major, version.minor, version.patch);
  }

  /** The error for a library that does not load: what the cause says, and what can be done. */
  static GrantStoreException unsupported(Throwable e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return new GrantStoreException(
        Reason.UNSUPPORTED,
        String.format(
            Locale.ROOT,
            "LMDB's native library does not load: %s: os.name=%s os.arch=%s java.version=%s; set the"
                + " system property %s to an LMDB library of this system, and from JDK 24 on start"
                + " with --enable-native-access=ALL-UNNAMED"
                + " --sun-misc-unsafe-memory-access=allow",
            cause,
            System.getProperty("os.name"),
            System.getProperty("os.arch"),
            System.getProperty("java.version"),
            LMDB_PROPERTY),
        e);
  }

  private static void prepareLmdb() throws IOException {
    if (System.getProperty(LMDB_PROPERTY) != null
        || System.getProperty(LMDB_EMBEDDED_PROPERTY) != null) {
      return;
    }
    String os = lowerCase("os.name");
    boolean isMac = os.startsWith("mac");
    boolean isWindows = os.startsWith("windows");
    String platform =
        architecture()
            + (isMac ? "-macos-none" : isWindows ? "-windows-gnu" : "-linux-gnu")
            + (isWindows ? ".dll" : ".so");
    // Not told, lmdbjava unpacks a copy of its own, or says that there is none.
    NativeLibrary.unpack(Env.class, "/org/lmdbjava/native/" + platform, platform, "lmdbjava")
        .ifPresent(
            folder -> System.setProperty(LMDB_PROPERTY, folder.resolve(platform).toString()));
  }

  private static void prepareJffi() throws IOException {
    if (System.getProperty(JFFI_PROPERTY) != null || !lowerCase("os.name").equals("linux")) {
      return;
    }
    String name = System.mapLibraryName(JFFI_NAME);
    String inJar = String.format(Locale.ROOT, "/jni/%s-Linux/%s", architecture(), name);
    // Not told, jffi unpacks a copy of its own, or says that there is none.
    NativeLibrary.unpack(MemoryIO.class, inJar, name, "jffi")
        .ifPresent(folder -> System.setProperty(JFFI_PROPERTY, folder.toString()));
  }

  private static String architecture() {
    String name = lowerCase("os.arch");
    return name.equals("amd64") ? "x86_64" : name;
  }

  private static String lowerCase(String property) {
    return System.getProperty(property, "").toLowerCase(Locale.ROOT);
  }
}
