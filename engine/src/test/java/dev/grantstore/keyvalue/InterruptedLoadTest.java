package dev.grantstore.keyvalue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantstore.BulkLoad;
import dev.grantstore.BulkLoadOptions;
import dev.grantstore.BulkPart;
import dev.grantstore.EntitlementRef;
import dev.grantstore.Grant;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStoreException;
import dev.grantstore.GrantStores;
import dev.grantstore.OpenMode;
import dev.grantstore.PrincipalRef;
import dev.grantstore.Reason;
import dev.grantstore.StoreOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An interrupt is told alike, whether it met a wait or a file. */
final class InterruptedLoadTest {
  private static final BulkLoadOptions SMALL =
      new BulkLoadOptions(BulkLoadOptions.MIN_MEMORY_BUDGET_BYTES, 1);

  @TempDir Path temp;

  @ParameterizedTest
  @ValueSource(strings = {"rocksdb", "sqlite", "mvstore"})
  void anInterruptedAddIsATimeout(String engine) {
    Path path = temp.resolve("store");
    try (GrantStore store = open(engine, path);
        BulkLoad load = store.bulkLoad("s", "full", Instant.EPOCH, SMALL)) {
      BulkPart part = load.openPart();

      // A thread that finds all workers busy sorts and writes its rows itself.
      assertTimeout(() -> IntStream.range(0, 1_000_000).forEach(i -> part.add(grant(i))));
    }
    assertThat(Files.exists(LoadFolder.of(path, 0))).isFalse();
  }

  private static void assertTimeout(ThrowingCallable call) {
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(call)
          .isInstanceOfSatisfying(
              GrantStoreException.class, e -> assertThat(e.reason()).isEqualTo(Reason.TIMEOUT));
    } finally {
      assertThat(Thread.interrupted()).as("the interrupt is kept").isTrue();
    }
  }

  private static GrantStore open(String engine, Path path) {
    return GrantStores.open(engine + ":" + path, StoreOptions.of(OpenMode.CREATE));
  }

  private static Grant grant(int number) {
    return Grant.of(
        "g" + number,
        new EntitlementRef("app", "app-" + number % 7, "member"),
        new PrincipalRef("user", "u" + number % 11),
        Instant.EPOCH);
  }
}
