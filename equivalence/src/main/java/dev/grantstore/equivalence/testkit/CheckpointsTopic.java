package dev.grantstore.equivalence.testkit;

import static dev.grantstore.equivalence.testkit.GrantBuilder.aFullGrant;
import static dev.grantstore.equivalence.testkit.GrantBuilder.aGrant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantstore.BulkLoad;
import dev.grantstore.BulkLoadOptions;
import dev.grantstore.BulkPart;
import dev.grantstore.CheckpointFiles;
import dev.grantstore.Durability;
import dev.grantstore.Grant;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStoreException;
import dev.grantstore.OpenMode;
import dev.grantstore.PageToken;
import dev.grantstore.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A checkpoint is another store that holds what the first one held at one moment. */
abstract class CheckpointsTopic extends Topic {
  private static final Grant FULL = aFullGrant("g1").build();
  private static final Grant BARE = aGrant().id("g2").forUser("u2").build();
  private static final Grant LATER = aFullGrant("later").forUser("later").build();

  CheckpointsTopic(GrantStoreContract engine) {
    super(engine);
  }

  @BeforeEach
  final void requireCheckpoints() {
    requires(Capability.CHECKPOINTS);
  }

  @Test
  void holdsWhatTheStoreHeld() {
    for (Durability durability : Durability.values()) {
      Path copied = temp.resolve("copy-" + durability);
      GrantStore store = create(temp.resolve("store-" + durability), durability);
      store.startSync("sync-0", "partial", STARTED);
      store.put("sync-0", FULL);
      store.seal("sync-0", ENDED);
      Content before = Content.of(store);

      store.checkpoint(copied);

      GrantStore copy = open(copied, OpenMode.OPEN, durability);
      assertThat(Content.of(copy)).isEqualTo(before);
      Reads.assertHoldsExactly(copy, SYNC, List.of(FULL, BARE), List.of(LATER));
      Reads.assertHoldsExactly(copy, "sync-0", List.of(FULL), List.of(BARE));
    }
  }

  @Test
  void ofAnEmptyStoreIsEmpty() {
    GrantStore store = open(location(), OpenMode.CREATE);

    assertThat(checkpointOf(store).syncs()).isEmpty();
  }

  @Test
  void whatIsWrittenToOneIsNotInTheOther() {
    GrantStore store = create(location(), Durability.WAL);
    GrantStore copy = checkpointOf(store);
    Content before = Content.of(store);

    store.put(SYNC, LATER);
    store.flush();
    assertThat(Content.of(copy)).isEqualTo(before);
    Content parted = Content.of(store);
    copy.delete(SYNC, "g1");
    copy.seal(SYNC, ENDED);
    copy.startSync("sync-2", "full", STARTED);
    copy.drop(SYNC);

    assertThat(Content.of(store)).isEqualTo(parted);
    Reads.assertHoldsExactly(store, SYNC, List.of(FULL, BARE, LATER));
    store.drop(SYNC);
    assertThat(copy.syncs()).extracting("id").containsExactly("sync-2");
  }

  @Test
  void anOpenSyncCanBeWrittenThere() {
    GrantStore copy = checkpointOf(create(location(), Durability.WAL));

    copy.put(SYNC, LATER);

    assertThat(copy.seal(SYNC, ENDED).digest()).contains(digestOf(List.of(FULL, BARE, LATER)));
  }

  @Test
  void whatIsBeingLoadedIsNotInIt() {
    requires(Capability.BULK_LOAD);
    GrantStore store = create(location(), Durability.WAL);
    try (BulkLoad load = store.bulkLoad("loading", "full", STARTED, BulkLoadOptions.defaults())) {
      try (BulkPart part = load.openPart()) {
        part.add(LATER);
      }
      GrantStore copy = checkpointOf(store);
      load.commit(ENDED);

      assertThat(copy.syncs()).isEqualTo(List.of(store.sync(SYNC).orElseThrow()));
      copy.startSync("loading", "full", STARTED);
      Reads.assertHoldsExactly(copy, "loading", List.of(), List.of(LATER));
    }
    Reads.assertHoldsExactly(store, "loading", List.of(LATER));
  }

  @Test
  void neitherTakesTheOthersPageTokens() {
    GrantStore store = create(location(), Durability.WAL);
    GrantStore copy = checkpointOf(store);
    GrantQuery query = new GrantQuery.Scan(SYNC);
    for (List<GrantStore> pair : List.of(List.of(store, copy), List.of(copy, store))) {
      PageToken token = pair.get(0).page(query, 1, PageToken.START).next().orElseThrow();

      assertRefused(
          pair.get(1), Reason.INVALID_PAGE_TOKEN, "", () -> pair.get(1).page(query, 1, token));
      assertThat(pair.get(0).page(query, 1, token).grants()).containsExactly(BARE);
    }
  }

  @Test
  void anotherOneMayFollowAndEachStaysAsItIs() {
    GrantStore store = create(location(), Durability.WAL);
    store.checkpoint(temp.resolve("first"));
    store.put(SYNC, LATER);
    store.checkpoint(temp.resolve("second"));
    GrantStore second = open(temp.resolve("second"), OpenMode.OPEN);
    second.checkpoint(temp.resolve("third"));
    second.drop(SYNC);

    Reads.assertHoldsExactly(open(temp.resolve("first"), OpenMode.OPEN), SYNC, List.of(FULL, BARE));
    Reads.assertHoldsExactly(
        open(temp.resolve("third"), OpenMode.OPEN), SYNC, List.of(FULL, BARE, LATER));
  }

  @Test
  void sharesNoFilesIfAskedNotTo() {
    GrantStore store = create(location(), Durability.WAL);
    Content before = Content.of(store);

    store.checkpoint(temp.resolve("copy"), CheckpointFiles.COPIED);

    assertThat(Content.of(open(temp.resolve("copy"), OpenMode.OPEN))).isEqualTo(before);
  }

  @Test
  void whatIsInItsPlaceIsRefusedAndUntouched() throws IOException {
    GrantStore store = create(location(), Durability.WAL);
    Path file = Files.writeString(temp.resolve("file"), "mine");
    Path folder = Files.createDirectory(temp.resolve("empty"));
    store.checkpoint(temp.resolve("copy"));
    for (Path there : List.of(file, folder, temp.resolve("copy"), location())) {
      assertRefused(
          store,
          Reason.STORE_EXISTS,
          there.getFileName().toString(),
          () -> store.checkpoint(there));
    }
    assertRefused(
        store, Reason.STORE_MISSING, "no", () -> store.checkpoint(temp.resolve("no/copy")));
    assertThat(file).hasContent("mine");
    assertThat(folder).isEmptyDirectory();
    Reads.assertHoldsExactly(open(temp.resolve("copy"), OpenMode.OPEN), SYNC, List.of(FULL, BARE));
  }

  @Test
  void ofAStoreThatIsOpenForReadingHoldsTheSame() {
    requires(Capability.READ_ONLY_OPEN);
    create(location(), Durability.WAL).close();
    GrantStore store = open(location(), OpenMode.READ_ONLY);
    GrantStore copy = checkpointOf(store);

    assertThat(Content.of(copy)).isEqualTo(Content.of(store));
    copy.put(SYNC, LATER);
    Reads.assertHoldsExactly(store, SYNC, List.of(FULL, BARE), List.of(LATER));
  }

  @Test
  void anInterruptEndsItAndLeavesNothing() {
    GrantStore store = create(location(), Durability.WAL);
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> store.checkpoint(temp.resolve("copy")))
        .isInstanceOfSatisfying(
            GrantStoreException.class, e -> assertThat(e.reason()).isEqualTo(Reason.TIMEOUT));

    assertThat(Thread.interrupted()).isTrue();
    assertThat(temp.resolve("copy")).doesNotExist();
    Reads.assertHoldsExactly(checkpointOf(store), SYNC, List.of(FULL, BARE));
  }

  @Test
  void ofAClosedStoreIsRefused() {
    GrantStore store = create(location(), Durability.WAL);
    store.close();

    assertClosed(() -> store.checkpoint(temp.resolve("copy")));
    assertThat(temp.resolve("copy")).doesNotExist();
  }

  private GrantStore create(Path place, Durability durability) {
    GrantStore store = open(place, OpenMode.CREATE, durability);
    store.startSync(SYNC, "full", STARTED);
    store.putAll(SYNC, List.of(FULL, BARE));
    return store;
  }

  private GrantStore checkpointOf(GrantStore store) {
    store.checkpoint(temp.resolve("copy"));
    return open(temp.resolve("copy"), OpenMode.OPEN);
  }
}
