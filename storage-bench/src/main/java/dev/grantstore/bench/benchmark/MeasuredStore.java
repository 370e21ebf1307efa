package dev.grantstore.bench.benchmark;

import dev.grantstore.GrantStore;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The store that is measured: open already, or to be opened by the benchmark. Immutable.
 *
 * @param opened the open store, which its owner closes; null where the benchmark opens it
 * @param opening opens the store; who calls it closes what it gives
 * @param files the folder or file that the store is in; need not be there if it has no files
 */
public record MeasuredStore(@Nullable GrantStore opened, Supplier<GrantStore> opening, Path files) {
  /** {@return whether it is open already} */
  boolean isOpen() {
    return opened != null;
  }

  /**
   * {@return the open store}
   *
   * @throws IllegalStateException if the benchmark opens it
   */
  GrantStore store() {
    return Objects.requireNonNullElseGet(
        opened,
        () -> {
          throw new IllegalStateException("the store is not open: the benchmark opens it");
        });
  }

  /** {@return the same, asked through another open store} */
  MeasuredStore through(GrantStore other) {
    return new MeasuredStore(other, opening, files);
  }
}
