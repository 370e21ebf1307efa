package dev.grantstore.lmdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantstore.EntitlementRef;
import dev.grantstore.Grant;
import dev.grantstore.GrantCursor;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStoreException;
import dev.grantstore.PrincipalRef;
import dev.grantstore.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** A store of a few grants, for tests. */
final class SampleStore {
  static final String SYNC = "sync-1";
  static final Instant NOW = Instant.parse("2024-03-01T10:00:00Z");

  private SampleStore() {}

  static void fill(GrantStore store) {
    store.startSync(SYNC, "full", NOW);
    store.putAll(SYNC, Stream.iterate(0, i -> i + 1).limit(10).map(i -> grant(i)).toList());
  }

  static Grant grant(int number) {
    return Grant.of(
        "g" + number,
        new EntitlementRef("app", "app-" + number % 7, "member"),
        new PrincipalRef("user", "u" + number % 11),
        NOW);
  }

  static List<String> ids(GrantStore store) {
    List<String> ids = new ArrayList<>();
    try (GrantCursor cursor = store.cursor(new GrantQuery.Scan(SYNC))) {
      while (cursor.next()) {
        ids.add(cursor.grant().id());
      }
    }
    return ids;
  }

  static List<String> names(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  static void assertRefused(Reason reason, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            GrantStoreException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }
}
