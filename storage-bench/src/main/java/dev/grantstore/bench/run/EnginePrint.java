package dev.grantstore.bench.run;

import dev.grantstore.GrantStore;
import dev.grantstore.GrantStoreProvider;
import dev.grantstore.GrantStores;
import dev.grantstore.OpenMode;
import dev.grantstore.StoreOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;

/** Tells one build of an engine from another, as far as its stores may differ. */
public final class EnginePrint {
  private EnginePrint() {}

  /**
   * {@return the engine's version, the format of its stores, and a checksum of its jar}
   *
   * @param scheme of the engine
   * @param engineOptions settings by the engine's own names, which may change its files
   * @param scratchFolder where an empty store is made for a moment
   * @throws IOException if the jar cannot be read
   */
  public static String of(String scheme, Map<String, String> engineOptions, Path scratchFolder)
      throws IOException {
    GrantStoreProvider provider = GrantStores.engine(scheme);
    String format;
    StoreOptions plain = StoreOptions.of(OpenMode.CREATE);
    StoreOptions options =
        new StoreOptions(plain.mode(), plain.durability(), plain.cacheBytes(), engineOptions);
    try (FolderScratch scratch = new FolderScratch(scheme, scratchFolder, options)) {
      GrantStore store = scratch.open();
      format = store.stats().engine().getOrDefault("store.format", "");
    }
    return String.join(
        "\n",
        provider.engineVersion(),
        new TreeMap<>(engineOptions).toString(),
        format,
        jarPrint(provider.getClass()));
  }

  /** Empty where the classes do not come from one file. */
  private static String jarPrint(Class<?> type) throws IOException {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    if (source == null || source.getLocation() == null) {
      return "";
    }
    try {
      Path jar = Path.of(source.getLocation().toURI());
      return Files.isRegularFile(jar) ? checksum(jar) : "";
    } catch (URISyntaxException e) {
      throw new IOException("engine's jar has no path: " + source.getLocation(), e);
    }
  }

  private static String checksum(Path file) throws IOException {
    CRC32 crc = new CRC32();
    try (InputStream in = new CheckedInputStream(Files.newInputStream(file), crc)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return Long.toHexString(crc.getValue());
  }
}
