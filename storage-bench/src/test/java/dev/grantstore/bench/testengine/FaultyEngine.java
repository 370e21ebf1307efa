package dev.grantstore.bench.testengine;

import dev.grantstore.Grant;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStoreProvider;
import dev.grantstore.GrantStores;
import dev.grantstore.OpenMode;
import dev.grantstore.StoreOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/**
 * RocksDB stores, so that other processes find them, with what a file {@code fault} beside the
 * store names: a {@link WrongStore.Fault}, {@code HANG} for a store whose gets never end, or {@code
 * DIE} for one whose gets end the process.
 */
public final class FaultyEngine implements GrantStoreProvider {
  /** The engine's name. */
  public static final String SCHEME = "faulty";

  /** Called by the service loader. */
  public FaultyEngine() {}

  @Override
  public String scheme() {
    return SCHEME;
  }

  @Override
  public String engineVersion() {
    return "faulty 1";
  }

  @Override
  public GrantStore open(String location, StoreOptions options) {
    GrantStore store = GrantStores.open("rocksdb:" + location, options);
    Path fault = Path.of(location).resolveSibling("fault");
    if (options.mode() == OpenMode.CREATE || !Files.exists(fault)) {
      return store;
    }
    try {
      String name = Files.readString(fault);
      return switch (name) {
        case "HANG", "DIE" -> new EndlessStore(store, name.equals("DIE"));
        default -> new WrongStore(store, WrongStore.Fault.valueOf(name), 0);
      };
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class EndlessStore extends ForwardingStore {
    private final boolean dies;

    EndlessStore(GrantStore store, boolean dies) {
      super(store);
      this.dies = dies;
    }

    @Override
    public Optional<Grant> get(String syncId, String grantId) {
      if (dies) {
        Runtime.getRuntime().halt(17);
      }
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return super.get(syncId, grantId);
    }
  }
}
