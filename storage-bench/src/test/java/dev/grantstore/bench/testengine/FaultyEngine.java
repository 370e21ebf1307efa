package dev.grantstore.bench.testengine;

import dev.grantstore.ForwardingGrantStore;
import dev.grantstore.Grant;
import dev.grantstore.GrantCursor;
import dev.grantstore.GrantQuery;
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
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/**
 * RocksDB stores, so that other processes find them, with what a file {@code fault} beside the
 * store names: a {@link WrongStore.Fault}, {@code HANG} for a store whose gets never end, and make
 * a file {@code hanging} first, or {@code DIE} for one whose gets end the process, or {@code FULL}
 * for one whose gets find no memory and say so in words of their own, or {@code UNKNOWING} for one
 * without lists of several entitlements.
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
        case "HANG" -> new EndlessStore(store, fault.resolveSibling("hanging"));
        case "DIE" -> new DyingStore(store);
        case "FULL" -> new FullStore(store);
        case "UNKNOWING" -> new UnknowingStore(store);
        default -> new WrongStore(store, WrongStore.Fault.valueOf(name), 0);
      };
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class EndlessStore extends ForwardingGrantStore {
    private final Path sign;

    EndlessStore(GrantStore store, Path sign) {
      super(store);
      this.sign = sign;
    }

    @Override
    public Optional<Grant> get(String syncId, String grantId) {
      try {
        Files.createFile(sign);
        new CountDownLatch(1).await();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return super.get(syncId, grantId);
    }
  }

  /** Of before there were lists of several entitlements. */
  private static final class UnknowingStore extends ForwardingGrantStore {
    UnknowingStore(GrantStore store) {
      super(store);
    }

    @Override
    public GrantCursor cursor(GrantQuery query) {
      if (query instanceof GrantQuery.ByEntitlements) {
        throw new GrantStoreException(Reason.UNSUPPORTED, "not known: " + query.kind());
      }
      return super.cursor(query);
    }
  }

  private static final class FullStore extends ForwardingGrantStore {
    FullStore(GrantStore store) {
      super(store);
    }

    @Override
    public Optional<Grant> get(String syncId, String grantId) {
      Throwable cause = new IllegalStateException("Capacity: 15", new OutOfMemoryError("heap"));
      throw new GrantStoreException(Reason.IO, "get failed: Capacity: 15", cause);
    }
  }

  private static final class DyingStore extends ForwardingGrantStore {
    DyingStore(GrantStore store) {
      super(store);
    }

    @Override
    public Optional<Grant> get(String syncId, String grantId) {
      Runtime.getRuntime().halt(17);
      return Optional.empty();
    }
  }
}
