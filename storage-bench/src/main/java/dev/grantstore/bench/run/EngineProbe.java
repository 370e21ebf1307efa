package dev.grantstore.bench.run;

import dev.grantstore.GrantStoreException;
import dev.grantstore.GrantStoreProvider;
import dev.grantstore.GrantStores;
import dev.grantstore.OpenMode;
import dev.grantstore.StoreOptions;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds out which engines work here, by making an empty store with each. */
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
   * {@return the engines on the class path, by name}
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
      StoreOptions options = StoreOptions.of(OpenMode.CREATE);
      if (scheme.equals(MEMORY)) {
        GrantStores.open(scheme + ":", options).close();
      } else {
        try (FolderScratch scratch = new FolderScratch(scheme, scratchFolder, options)) {
          scratch.open();
        }
      }
      return new Finding(scheme, version, Optional.empty());
    } catch (GrantStoreException | UncheckedIOException | LinkageError e) {
      return new Finding(scheme, version, Optional.of(String.valueOf(e.getMessage())));
    }
  }
}
