package dev.grantstore.bench.run;

import dev.grantstore.GrantStoreException;
import dev.grantstore.GrantStoreProvider;
import dev.grantstore.GrantStores;
import dev.grantstore.OpenMode;
import dev.grantstore.StoreOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;

/** Finds out about engines, each by making an empty store for a moment. */
public final class EngineProbe {
  /** Has no files, so it takes no folder. */
  private static final String MEMORY = "memory";

  private EngineProbe() {}

  /**
   * An engine.
   *
   * @param scheme its name
   * @param version of what is behind it; empty where it cannot be asked
   * @param problem why it does not work here; empty where it does
   */
  public record Finding(String scheme, String version, Optional<String> problem) {}

  /**
   * {@return the engines on the class path, by name, and whether they work here}
   *
   * @param scratchFolder an existing folder where empty stores are made for a moment
   */
  public static List<Finding> all(Path scratchFolder) {
    List<Finding> findings = new ArrayList<>();
    for (GrantStoreProvider provider : GrantStores.providers().values()) {
      findings.add(probe(provider, scratchFolder));
    }
    return findings;
  }

  private static Finding probe(GrantStoreProvider provider, Path scratchFolder) {
    String scheme = provider.scheme();
    String version = "";
    try {
      version = provider.engineVersion();
      if (!provider.isLocatedByPath()) {
        return new Finding(
            scheme,
            version,
            Optional.of(
                String.format(
                    Locale.ROOT,
                    "its stores are in a cluster, which is not asked; name yours, %s:HOST:PORT/PREFIX",
                    scheme)));
      }
      StoreOptions options = StoreOptions.of(OpenMode.CREATE);
      if (scheme.equals(MEMORY)) {
        GrantStores.open(scheme + ":", options).close();
      } else {
        tryOut(scheme, scratchFolder, options);
      }
      return new Finding(scheme, version, Optional.empty());
    } catch (GrantStoreException | UncheckedIOException | LinkageError e) {
      return new Finding(scheme, version, Optional.of(String.valueOf(e.getMessage())));
    }
  }

  /**
   * Opens an empty store and removes it: what the engine refuses is known before anything is done.
   *
   * @param scheme of the engine
   * @param scratchFolder an existing folder
   * @param options how to open, but for the mode
   * @throws IllegalArgumentException if the engine does not take its options
   * @throws GrantStoreException if it is not there, or cannot be used here
   */
  public static void tryOut(String scheme, Path scratchFolder, StoreOptions options) {
    try (FolderScratch scratch = new FolderScratch(scheme, scratchFolder, options)) {
      scratch.open();
    }
  }

  /**
   * {@return what tells one build of an engine from another, as far as its stores may differ: its
   * version, the format of its stores, and a checksum of its jar}
   *
   * @param scheme of the engine
   * @param engineOptions settings by the engine's own names, which may change its files
   * @param scratchFolder where an empty store is made for a moment
   * @throws IOException if the jar cannot be read
   */
  public static String print(String scheme, Map<String, String> engineOptions, Path scratchFolder)
      throws IOException {
    GrantStoreProvider provider = GrantStores.engine(scheme);
    String format;
    StoreOptions plain = StoreOptions.of(OpenMode.CREATE);
    StoreOptions options =
        new StoreOptions(plain.mode(), plain.durability(), plain.cacheBytes(), engineOptions);
    try (FolderScratch scratch = new FolderScratch(scheme, scratchFolder, options)) {
      format = scratch.open().stats().engine().getOrDefault("store.format", "");
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
