package dev.grantstore.keyvalue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantstore.EntitlementRef;
import dev.grantstore.ForwardingGrantStore;
import dev.grantstore.Grant;
import dev.grantstore.GrantCursor;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStoreException;
import dev.grantstore.GrantStores;
import dev.grantstore.OpenMode;
import dev.grantstore.PrincipalRef;
import dev.grantstore.Reason;
import dev.grantstore.StoreOptions;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What others do between the look at an ended grant and its delete, and between two writes. */
final class ExpiryTest {
  private static final Instant END = Instant.parse("2026-01-02T03:04:05.000000006Z");
  private static final int BATCH = GrantStore.EXPIRY_BATCH_ROWS;

  @TempDir Path folder;

  @AfterEach
  void letItBe() {
    YieldPoint.listen(null);
  }

  /**
   * A put that was made before the write is not lost: the grant that ended is not there any more.
   */
  @ParameterizedTest
  @ValueSource(strings = {"rocksdb", "sqlite", "lmdb", "mvstore"})
  void whatIsReplacedMeanwhileStaysUnlessItHasEndedToo(String engine) {
    Grant endless = grant(1, Optional.empty());
    Grant later = grant(2, Optional.of(END.plusNanos(1)));
    Grant earlier = grant(3, Optional.of(END.minusNanos(1)));
    try (GrantStore store = open(engine)) {
      store.startSync("s", "full", END);
      store.putAll("s", IntStream.range(0, 5).mapToObj(i -> grant(i, Optional.of(END))).toList());
      atTheFirstLook(
          () -> {
            store.putAll("s", List.of(endless, later, earlier));
            store.delete("s", grant(4, Optional.empty()).id());
          });

      assertThat(store.expire("s", END)).isEqualTo(2);
      assertThat(list(store)).containsExactly(endless, later);
    }
  }

  /** Of a sync that was started again nothing goes; what went before stays gone. */
  @ParameterizedTest
  @ValueSource(strings = {"rocksdb", "sqlite", "lmdb", "mvstore"})
  void aSyncOfTheSameNameIsAnother(String engine) {
    Grant ended = grant(0, Optional.of(END));
    try (GrantStore store = open(engine)) {
      store.startSync("s", "full", END);
      store.put("s", ended);
      atTheFirstLook(
          () -> {
            store.drop("s");
            store.startSync("s", "full", END);
            store.put("s", ended);
          });

      assertThatThrownBy(() -> store.expire("s", END))
          .isInstanceOfSatisfying(
              GrantStoreException.class,
              e -> assertThat(e.reason()).isEqualTo(Reason.SYNC_UNKNOWN));
      assertThat(list(store)).containsExactly(ended);
    }
  }

  /** A write of its own each: the first thousand ids are gone, and no other, when it is sealed. */
  @Test
  void eachBatchIsWholeAndInTheOrderOfIds() {
    try (GrantStore store = open("mvstore")) {
      store.startSync("s", "full", END);
      List<Grant> grants =
          IntStream.range(0, 2 * BATCH + 7).mapToObj(i -> grant(i, Optional.of(END))).toList();
      store.putAll("s", grants);
      int[] looks = {0};
      atEachLook(() -> seal(store, ++looks[0]));

      assertThatThrownBy(() -> store.expire("s", END))
          .isInstanceOfSatisfying(
              GrantStoreException.class, e -> assertThat(e.reason()).isEqualTo(Reason.SYNC_SEALED));
      assertThat(list(store)).isEqualTo(grants.subList(BATCH, grants.size()));
    }
  }

  @Test
  void anInterruptEndsItBeforeABatch() {
    try (GrantStore store = open("mvstore")) {
      store.startSync("s", "full", END);
      store.putAll(
          "s", IntStream.range(0, BATCH).mapToObj(i -> grant(i, Optional.of(END))).toList());
      for (GrantStore asked : List.of(store, plain(store))) {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> asked.expire("s", END))
            .isInstanceOfSatisfying(
                GrantStoreException.class, e -> assertThat(e.reason()).isEqualTo(Reason.TIMEOUT));
        assertThat(Thread.interrupted()).isTrue();
      }
      assertThat(list(store)).hasSize(BATCH);
    }
  }

  @Test
  void anInterruptEndsItAlsoWhereLittleOrNothingHasEnded() {
    for (String engine : List.of("mvstore", "memory")) {
      try (GrantStore store = open(engine)) {
        store.startSync("s", "full", END);
        store.putAll("s", List.of(grant(1, Optional.of(END)), grant(2, Optional.empty())));
        for (GrantStore asked : List.of(store, plain(store))) {
          for (Instant asOf : List.of(END.minusSeconds(1), END)) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> asked.expire("s", asOf))
                .isInstanceOfSatisfying(
                    GrantStoreException.class,
                    e -> assertThat(e.reason()).isEqualTo(Reason.TIMEOUT));
            assertThat(Thread.interrupted()).isTrue();
          }
        }
        assertThat(list(store)).hasSize(2);
      }
    }
  }

  @Test
  void anInterruptEndsItBetweenRowsThatStay() {
    try (GrantStore store = open("mvstore")) {
      store.startSync("s", "full", END);
      store.putAll(
          "s", IntStream.range(0, 9_000).mapToObj(i -> grant(i, Optional.empty())).toList());
      int[] moves = {0};
      GrantStore counting =
          new ForwardingGrantStore(store) {
            @Override
            public long expire(String syncId, Instant asOf) {
              return plain(this).expire(syncId, asOf);
            }

            @Override
            public GrantCursor cursor(GrantQuery query) {
              return new Cursor(super.cursor(query)) {
                @Override
                public boolean next() {
                  if (++moves[0] == 10) {
                    Thread.currentThread().interrupt();
                  }
                  return super.next();
                }
              };
            }
          };
      assertThatThrownBy(() -> counting.expire("s", END))
          .isInstanceOfSatisfying(
              GrantStoreException.class, e -> assertThat(e.reason()).isEqualTo(Reason.TIMEOUT));
      assertThat(Thread.interrupted()).isTrue();
      assertThat(moves[0]).isLessThan(2_000);
    }
  }

  @Test
  void itLooksWhetherToGoOnBetweenRowsThatStayAndAtTheEnd() {
    try (GrantStore store = open("mvstore")) {
      store.startSync("s", "full", END);
      store.putAll(
          "s", IntStream.range(0, 9_000).mapToObj(i -> grant(i, Optional.empty())).toList());
      int[] looks = {0};

      long deleted = new Expiry("s", 0, END).run(store, write -> {}, () -> looks[0]++);

      assertThat(deleted).isZero();
      // At rows 0, 4,096 and 8,192.
      assertThat(looks[0]).isEqualTo(3 + 1);
    }
  }

  /** The way of a store that has none of its own. */
  @Test
  void theDefaultDeletesTheSame() {
    try (GrantStore store = open("mvstore")) {
      GrantStore plain = plain(store);
      store.startSync("s", "full", END);
      Grant later = grant(BATCH / 2, Optional.of(END.plusNanos(1)));
      store.putAll(
          "s",
          IntStream.rangeClosed(0, BATCH + 3).mapToObj(i -> grant(i, Optional.of(END))).toList());
      store.put("s", later);

      assertThat(plain.expire("s", END)).isEqualTo(BATCH + 3L);
      assertThat(list(store)).containsExactly(later);
      assertThat(plain.expire("s", END)).isZero();
      store.seal("s", END);
      assertThatThrownBy(() -> plain.expire("s", END))
          .isInstanceOfSatisfying(
              GrantStoreException.class, e -> assertThat(e.reason()).isEqualTo(Reason.SYNC_SEALED));
    }
  }

  /** Seals before the second write. */
  private static void seal(GrantStore store, int look) {
    if (look == 2) {
      store.seal("s", END);
    }
  }

  private static void atTheFirstLook(Runnable meanwhile) {
    atEachLook(
        () -> {
          YieldPoint.listen(null);
          meanwhile.run();
        });
  }

  private static void atEachLook(Runnable meanwhile) {
    YieldPoint.listen(
        new YieldPoint.Listener() {
          @Override
          public void reached(String point) {
            if (point.equals("ended found")) {
              meanwhile.run();
            }
          }

          @Override
          public void outside(String point) {}

          @Override
          public boolean waiting() {
            return false;
          }
        });
  }

  private GrantStore open(String engine) {
    String location = engine.equals("memory") ? "" : folder.resolve("store").toString();
    return GrantStores.open(engine + ":" + location, StoreOptions.of(OpenMode.CREATE));
  }

  private static List<Grant> list(GrantStore store) {
    List<Grant> rows = new ArrayList<>();
    try (GrantCursor cursor = store.cursor(new GrantQuery.Scan("s"))) {
      while (cursor.next()) {
        rows.add(cursor.grant());
      }
    }
    return rows;
  }

  private static Grant grant(int number, Optional<Instant> end) {
    return new Grant(
        String.format(Locale.ROOT, "g%04d", number),
        new EntitlementRef("t", "r", "e" + number % 3),
        new PrincipalRef("user", "u" + number % 5),
        END,
        number % 2 == 0,
        Optional.empty(),
        List.of(),
        List.of(),
        end);
  }

  /** {@return the store, expiring as the contract does by itself} */
  private static GrantStore plain(GrantStore store) {
    return (GrantStore)
        Proxy.newProxyInstance(
            ExpiryTest.class.getClassLoader(),
            new Class<?>[] {GrantStore.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("expire")) {
                return InvocationHandler.invokeDefault(proxy, method, arguments);
              }
              try {
                return method.invoke(store, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
