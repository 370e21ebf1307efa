package dev.grantstore.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.ContentDigest;
import dev.grantstore.DigestAccumulator;
import dev.grantstore.Durability;
import dev.grantstore.GrantCursor;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantReader;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStores;
import dev.grantstore.OpenMode;
import dev.grantstore.Reason;
import dev.grantstore.StoreOptions;
import dev.grantstore.SyncRun;
import dev.grantstore.keyvalue.Await;
import dev.grantstore.keyvalue.ChildJvm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A writer that is killed: what it was promised is there, and what is there is one of its states.
 * One writer per durability mode is killed, two in the deep tier; {@code -Dtests.crash=N} kills N.
 */
final class KilledWriterTest {
  private static final int WRITERS =
      Integer.getInteger("tests.crash", Boolean.getBoolean("tests.deep") ? 2 : 1);
  private static final int MOST_STEPS = 220;

  @TempDir Path folder;

  static Stream<Arguments> writers() {
    return Stream.of(Durability.values())
        .flatMap(
            durability ->
                Stream.iterate(3L, seed -> seed + 1)
                    .limit(WRITERS)
                    .map(seed -> Arguments.of(durability, seed)));
  }

  @ParameterizedTest
  @MethodSource("writers")
  void aKilledWriterLosesNothingItWasPromised(Durability durability, long seed) throws Exception {
    Path store = folder.resolve("store");
    int acknowledged = writeUntilKilled(store, durability, seed);

    WriterSteps steps = new WriterSteps(seed);
    try (GrantStore reopened = open(store, durability);
        GrantStore model = model()) {
      int found = stepsFound(reopened, steps, acknowledged);
      assertThat(found)
          .as("steps found after %d acknowledged ones", acknowledged)
          .isBetween(promised(seed, durability, acknowledged), acknowledged + 1);
      for (int step = 0; step < found; step++) {
        steps.run(model, step);
      }
      assertListsAreEqual(reopened, model);
    }
    StoredRows.assertConsistent(store);

    goOn(store, durability, seed);
    StoredRows.assertConsistent(store);
  }

  private int writeUntilKilled(Path store, Durability durability, long seed) throws Exception {
    int killAfter = 1 + new SplittableRandom(seed).nextInt(MOST_STEPS);
    try (ChildJvm child =
        ChildJvm.start(
            folder,
            List.of(),
            WriterChild.class,
            store.toString(),
            durability.name(),
            Long.toString(seed))) {
      Await.until(
          String.format(Locale.ROOT, "%d acknowledged steps", killAfter),
          ChildJvm.TIMEOUT,
          () -> {
            assertThat(child.isAlive()).as(child.output()).isTrue();
            return acknowledged(child) >= killAfter;
          });
      child.kill();
      return acknowledged(child);
    }
  }

  private static int acknowledged(ChildJvm child) throws IOException {
    return (int) child.lines().stream().filter(l -> l.startsWith(WriterChild.ACK)).count();
  }

  /** How many of the acknowledged steps must be there. */
  private static int promised(long seed, Durability durability, int acknowledged) {
    if (durability != Durability.BULK) {
      return acknowledged;
    }
    WriterSteps steps = new WriterSteps(seed);
    int step = acknowledged - 1;
    while (step >= 0 && !steps.isDurable(step)) {
      step--;
    }
    return step + 1;
  }

  /**
   * Returns the most steps that leave what the store holds, or fails. The most, since a step may
   * change nothing, like one that deletes what is not there.
   */
  private static int stepsFound(GrantStore store, WriterSteps steps, int acknowledged) {
    List<Optional<ContentDigest>> wanted = contents(store);
    int found = -1;
    try (GrantStore model = model()) {
      for (int done = 0; done <= acknowledged + 1; done++) {
        if (contents(model).equals(wanted) && model.syncs().equals(store.syncs())) {
          found = done;
        }
        steps.run(model, done);
      }
    }
    assertThat(found)
        .as(
            "no number of steps leaves what is there: acknowledged=%d syncs=%s",
            acknowledged, store.syncs())
        .isNotNegative();
    return found;
  }

  private static List<Optional<ContentDigest>> contents(GrantReader reader) {
    return reader.syncs().stream().map(sync -> Optional.of(recomputed(reader, sync.id()))).toList();
  }

  private static ContentDigest recomputed(GrantReader reader, String sync) {
    DigestAccumulator sum = new DigestAccumulator();
    try (GrantCursor rows = reader.cursor(new GrantQuery.Scan(sync))) {
      while (rows.next()) {
        sum.add(rows.grant());
      }
    }
    return sum.digest();
  }

  private static void assertListsAreEqual(GrantStore store, GrantStore model) {
    for (SyncRun sync : model.syncs()) {
      String id = sync.id();
      assertThat(ids(store, new GrantQuery.NeedingExpansion(id)))
          .isEqualTo(ids(model, new GrantQuery.NeedingExpansion(id)));
      for (int i = 0; i < 21; i++) {
        GrantQuery held = new GrantQuery.ByEntitlement(id, SampleGrants.entitlement(i));
        GrantQuery holds = new GrantQuery.ByPrincipal(id, SampleGrants.principal(2 * i));
        assertThat(ids(store, held)).isEqualTo(ids(model, held));
        assertThat(ids(store, holds)).isEqualTo(ids(model, holds));
      }
    }
  }

  private static List<String> ids(GrantReader reader, GrantQuery query) {
    List<String> ids = new java.util.ArrayList<>();
    try (GrantCursor rows = reader.cursor(query)) {
      while (rows.next()) {
        ids.add(rows.grant().id());
      }
    }
    return ids;
  }

  /** The sync that was being written is written on and sealed, or dropped. */
  private static void goOn(Path folder, Durability durability, long seed) {
    try (GrantStore store = open(folder, durability)) {
      for (SyncRun sync : store.syncs()) {
        if (sync.state() == SyncRun.State.SEALED) {
          assertThat(sync.digest()).hasValue(recomputed(store, sync.id()));
          Misuse.refusedWith(
              Reason.SYNC_SEALED, () -> store.put(sync.id(), SampleGrants.grant(1, 0)));
        } else if (seed % 2 == 0) {
          store.drop(sync.id());
          assertThat(store.sync(sync.id())).isEmpty();
        } else {
          store.putAll(sync.id(), SampleGrants.grants(0, 50));
          SyncRun sealed = store.seal(sync.id(), SampleGrants.ENDED);
          assertThat(sealed.digest()).hasValue(recomputed(store, sync.id()));
        }
      }
    }
    try (GrantStore store = open(folder, durability)) {
      assertThat(store.syncs()).allMatch(sync -> sync.state() == SyncRun.State.SEALED);
    }
  }

  private static GrantStore model() {
    return GrantStores.open("memory:", StoreOptions.of(OpenMode.CREATE));
  }

  private static GrantStore open(Path folder, Durability durability) {
    return GrantStores.open("rocksdb:" + folder, WriterChild.options(durability));
  }
}
