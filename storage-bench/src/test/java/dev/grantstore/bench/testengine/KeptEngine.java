package dev.grantstore.bench.testengine;

import dev.grantstore.ForwardingGrantStore;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStoreException;
import dev.grantstore.GrantStoreProvider;
import dev.grantstore.GrantStores;
import dev.grantstore.OpenMode;
import dev.grantstore.Reason;
import dev.grantstore.StoreOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Memory stores that outlive closing, found again through a file in the store's folder: fixtures on
 * disk without a native library. A file {@code fault} beside it names a {@link WrongStore.Fault}.
 */
public final class KeptEngine implements GrantStoreProvider {
  /** The engine's name. */
  public static final String SCHEME = "kept";

  private static final Map<String, GrantStore> KEPT = new ConcurrentHashMap<>();

  /** Called by the service loader. */
  public KeptEngine() {}

  @Override
  public String scheme() {
    return SCHEME;
  }

  @Override
  public String engineVersion() {
    return "kept 1";
  }

  @Override
  public GrantStore open(String location, StoreOptions options) {
    Path folder = Path.of(location);
    try {
      if (options.mode() == OpenMode.CREATE) {
        return create(folder, options);
      }
      GrantStore kept = KEPT.get(Files.readString(folder.resolve("id")));
      if (kept == null) {
        throw new GrantStoreException(Reason.STORE_MISSING, "not kept: " + folder);
      }
      Path fault = folder.resolve("fault");
      return Files.exists(fault)
          ? new WrongStore(kept, WrongStore.Fault.valueOf(Files.readString(fault)), 0)
          : kept;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static GrantStore create(Path folder, StoreOptions options) throws IOException {
    Files.createDirectory(folder);
    String id = UUID.randomUUID().toString();
    Files.writeString(folder.resolve("id"), id);
    GrantStore kept =
        new ForwardingGrantStore(GrantStores.open("memory:", options)) {
          @Override
          public void close() {}
        };
    KEPT.put(id, kept);
    return kept;
  }
}
