package dev.grantstore.example;

import dev.grantstore.GrantStore;
import dev.grantstore.GrantStoreException;
import dev.grantstore.GrantStoreProvider;
import dev.grantstore.OpenMode;
import dev.grantstore.Reason;
import dev.grantstore.StoreOptions;
import dev.grantstore.keyvalue.KeyValueStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Opens {@code example:}, an empty store each time; found by {@link java.util.ServiceLoader}. */
public final class ExampleGrantStoreProvider implements GrantStoreProvider {
  @Override
  public String scheme() {
    return "example";
  }

  @Override
  public String engineVersion() {
    return "example 1";
  }

  @Override
  public GrantStore open(String location, StoreOptions options) {
    if (!options.engineOptions().isEmpty()) {
      throw new IllegalArgumentException("no such options: " + options.engineOptions().keySet());
    }
    if (options.mode() == OpenMode.OPEN || options.mode() == OpenMode.READ_ONLY) {
      throw new GrantStoreException(Reason.STORE_MISSING, "nothing is kept between openings");
    }
    try {
      Path loads = Files.createTempDirectory("example");
      return KeyValueStore.open(new ExampleDatabase(), loads, () -> Files.delete(loads));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
