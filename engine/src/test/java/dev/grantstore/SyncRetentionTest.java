package dev.grantstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class SyncRetentionTest {
  private static final Instant AT = Instant.parse("2026-11-01T00:00:00Z");

  private final GrantStore store = GrantStores.open("memory:", StoreOptions.of(OpenMode.CREATE));

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void thoseThatEndedLastStayAndOpenOnesAreNotCounted() {
    sealed("late", "full", 0, 9);
    sealed("early", "full", 5, 7);
    sealed("middle", "full", 6, 8);
    store.startSync("open", "full", AT.minusSeconds(100));

    assertThat(ids(keep(2).old(store))).containsExactly("early");
    assertThat(ids(keep(2).apply(store))).containsExactly("early");

    assertThat(ids(store.syncs())).containsExactly("late", "middle", "open");
    assertThat(keep(2).apply(store)).isEmpty();
    assertThat(keep(3).apply(store)).isEmpty();
  }

  @Test
  void ofThoseThatEndedTogetherTheStartDecidesAndThenTheId() {
    sealed("a", "full", 3, 9);
    sealed("b", "full", 1, 9);
    sealed("d", "full", 2, 9);
    sealed("c", "full", 2, 9);

    assertThat(ids(keep(1).old(store))).containsExactly("b", "c", "d");
  }

  @Test
  void onlyThoseOfTheTypeAreCountedAndDropped() {
    sealed("f1", "full", 0, 1);
    sealed("p1", "partial", 0, 2);
    sealed("f2", "full", 0, 3);
    sealed("p2", "partial", 0, 4);
    sealed("none", "", 0, 0);

    assertThat(ids(new SyncRetention(1, Optional.of("partial")).apply(store)))
        .containsExactly("p1");
    assertThat(ids(new SyncRetention(1, Optional.of("")).apply(store))).isEmpty();
    assertThat(ids(store.syncs())).containsExactly("f1", "f2", "none", "p2");
    assertThat(ids(keep(1).apply(store))).containsExactly("none", "f1", "f2");
  }

  @Test
  void whereItBreaksOffTheNewestAreThere() {
    sealed("a", "full", 0, 1);
    sealed("b", "full", 0, 2);
    sealed("c", "full", 0, 3);
    sealed("d", "full", 0, 4);
    GrantStore failing =
        new ForwardingGrantStore(store) {
          @Override
          public void drop(String syncId) {
            if (store.syncs().size() < 4) {
              throw new GrantStoreException(Reason.IO, "disk is gone");
            }
            super.drop(syncId);
          }
        };

    assertThatThrownBy(() -> keep(1).apply(failing)).hasMessageContaining("disk is gone");
    assertThat(ids(store.syncs())).containsExactly("b", "c", "d");
  }

  @Test
  void whatSomebodyElseDropsIsPassedOver() {
    sealed("a", "full", 0, 1);
    sealed("b", "full", 0, 2);
    sealed("c", "full", 0, 3);
    GrantStore racing =
        new ForwardingGrantStore(store) {
          @Override
          public void drop(String syncId) {
            if (syncId.equals("a")) {
              store.drop("a");
            }
            super.drop(syncId);
          }
        };

    assertThat(ids(keep(1).apply(racing))).containsExactly("b");
    assertThat(ids(store.syncs())).containsExactly("c");
  }

  /** It is not the one that was too old: whatever differs, and if it is its state alone. */
  @Test
  void whatSomebodyElseMadeUnderItsIdStays() {
    List<Consumer<String>> others =
        List.of(
            id -> store.startSync(id, "full", AT),
            id -> sealed(id, "full", 0, 9),
            id -> sealed(id, "full", 1, 1),
            id -> sealed(id, "other", 0, 1),
            id -> {
              store.startSync(id, "full", AT);
              store.put(id, grant());
              store.seal(id, AT.plusSeconds(1));
            });
    for (Consumer<String> other : others) {
      sealed("a", "full", 0, 1);
      sealed("b", "full", 0, 1);
      sealed("c", "full", 0, 8);
      GrantStore racing =
          new ForwardingGrantStore(store) {
            @Override
            public void drop(String syncId) {
              super.drop(syncId);
              store.drop("b");
              other.accept("b");
            }
          };

      assertThat(ids(keep(1).apply(racing))).containsExactly("a");
      assertThat(ids(store.syncs())).containsExactly("b", "c");
      store.drop("b");
      store.drop("c");
    }
  }

  private static Grant grant() {
    return Grant.of("g", new EntitlementRef("", "", "e"), new PrincipalRef("", "p"), AT);
  }

  @Test
  void anInterruptEndsItBetweenTwo() {
    sealed("a", "full", 0, 1);
    sealed("b", "full", 0, 2);
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> keep(1).apply(store))
          .isInstanceOfSatisfying(
              GrantStoreException.class, e -> assertThat(e.reason()).isEqualTo(Reason.TIMEOUT));
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(ids(store.syncs())).containsExactly("a", "b");
  }

  @Test
  void toKeepNoneIsRefused() {
    assertThatThrownBy(() -> keep(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least 1: 0");
  }

  private static SyncRetention keep(int syncs) {
    return new SyncRetention(syncs, Optional.empty());
  }

  private static List<String> ids(List<SyncRun> runs) {
    return runs.stream().map(SyncRun::id).toList();
  }

  private void sealed(String id, String type, int started, int ended) {
    store.startSync(id, type, AT.plusSeconds(started));
    store.seal(id, AT.plusSeconds(ended));
  }
}
