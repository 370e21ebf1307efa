package dev.grantstore.equivalence.testkit;

import static dev.grantstore.equivalence.testkit.GrantBuilder.aFullGrant;
import static dev.grantstore.equivalence.testkit.GrantBuilder.aGrant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantstore.Bytes;
import dev.grantstore.Durability;
import dev.grantstore.Grant;
import dev.grantstore.GrantReader;
import dev.grantstore.GrantSnapshot;
import dev.grantstore.GrantStore;
import dev.grantstore.OpenMode;
import dev.grantstore.Reason;
import dev.grantstore.SyncRun;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An open sync says where whoever fills it goes on. */
abstract class ResumingTopic extends Topic {
  private static final Grant FIRST = aFullGrant("g1").build();
  private static final Grant SECOND = aGrant().id("g2").forUser("u2").build();
  private static final Grant THIRD = aGrant().id("g3").forUser("u3").build();
  private static final Bytes ONE = bytes("page 1");
  private static final Bytes TWO = bytes("page 2");

  ResumingTopic(GrantStoreContract engine) {
    super(engine);
  }

  @BeforeEach
  final void requireResumeTokens() {
    requires(Capability.RESUME_TOKENS);
  }

  @Test
  void aSyncHasNoTokenBeforeOneIsStored() {
    GrantStore store = storeWith(FIRST);

    assertThat(token(store)).isEmpty();
    assertThat(store.syncs()).containsExactly(SyncRun.open(SYNC, "full", STARTED));
  }

  @Test
  void aTokenIsStoredWithItsGrants() {
    GrantStore store = storeWith(FIRST);

    store.putAll(SYNC, List.of(SECOND), ONE);

    SyncRun run = SyncRun.open(SYNC, "full", STARTED).resumingAt(ONE);
    assertThat(store.sync(SYNC)).contains(run);
    assertThat(store.syncs()).containsExactly(run);
    Reads.assertHoldsExactly(store, SYNC, List.of(FIRST, SECOND));
  }

  @Test
  void theLastTokenCounts() {
    GrantStore store = storeWith();

    for (Bytes token : List.of(ONE, TWO, bytes("longer than both"), bytes("p"), ONE)) {
      store.putAll(SYNC, List.of(FIRST), token);
      assertThat(token(store)).contains(token);
    }
  }

  /** Also the longest, all bytes, and none of them. */
  @Test
  void aTokenIsAnyBytes() {
    GrantStore store = storeWith();
    byte[] longest = new byte[SyncRun.MAX_RESUME_TOKEN_BYTES];
    for (int i = 0; i < longest.length; i++) {
      longest[i] = (byte) i;
    }

    for (byte[] bytes : List.of(longest, new byte[0], new byte[1], Arrays.copyOf(longest, 256))) {
      store.putAll(SYNC, List.of(), Bytes.copyOf(bytes));
      assertThat(token(store)).contains(Bytes.copyOf(bytes));
    }
  }

  @Test
  void aTokenThatIsTooLongIsRefusedWithItsGrants() {
    GrantStore store = storeWith(FIRST);
    store.putAll(SYNC, List.of(), ONE);
    Content before = Content.of(store);

    assertThatThrownBy(
            () ->
                store.putAll(
                    SYNC,
                    List.of(SECOND),
                    Bytes.copyOf(new byte[SyncRun.MAX_RESUME_TOKEN_BYTES + 1])))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(Integer.toString(SyncRun.MAX_RESUME_TOKEN_BYTES));
    assertThat(Content.of(store)).isEqualTo(before);
  }

  @Test
  @SuppressWarnings("NullAway") // nulls are what is tried
  void aBatchThatIsRefusedLeavesTheTokenBefore() {
    GrantStore store = storeWith(FIRST);
    store.putAll(SYNC, List.of(), ONE);
    List<Grant> bad = new ArrayList<>(List.of(SECOND));
    bad.add(null);

    assertThatThrownBy(() -> store.putAll(SYNC, bad, TWO)).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> store.putAll(SYNC, List.of(SECOND), null))
        .isInstanceOf(NullPointerException.class);

    assertThat(token(store)).contains(ONE);
    Reads.assertHoldsExactly(store, SYNC, List.of(FIRST), List.of(SECOND));
  }

  @Test
  void otherWritesLeaveTheToken() {
    GrantStore store = storeWith(FIRST);
    store.putAll(SYNC, List.of(SECOND), ONE);

    store.put(SYNC, THIRD);
    store.putAll(SYNC, List.of(FIRST));
    store.putAllIfNewer(SYNC, List.of(FIRST));
    store.delete(SYNC, "g2");
    store.deleteAll(SYNC, List.of("g2", "absent"));
    store.expire(SYNC, ENDED);
    store.flush();

    assertThat(token(store)).contains(ONE);
    Reads.assertHoldsExactly(store, SYNC, List.of(FIRST, THIRD), List.of(SECOND));
  }

  @Test
  void aTokenIsOfItsSyncOnly() {
    GrantStore store = storeWith(FIRST);
    store.startSync("sync-10", "full", STARTED);
    store.startSync("sync-2", "full", STARTED);
    store.putAll(SYNC, List.of(), ONE);
    store.putAll("sync-10", List.of(), TWO);

    assertThat(token(store)).contains(ONE);
    assertThat(store.sync("sync-10").orElseThrow().resumeToken()).contains(TWO);
    assertThat(store.sync("sync-2").orElseThrow().resumeToken()).isEmpty();
  }

  @Test
  void sealTakesTheTokenAway() {
    GrantStore store = storeWith(FIRST);
    store.putAll(SYNC, List.of(SECOND), ONE);

    SyncRun sealed = store.seal(SYNC, ENDED);

    assertThat(sealed.resumeToken()).isEmpty();
    assertThat(store.sync(SYNC)).contains(sealed);
    assertThat(sealed.digest()).contains(digestOf(List.of(FIRST, SECOND)));
    assertRefused(store, Reason.SYNC_SEALED, SYNC, () -> store.putAll(SYNC, List.of(THIRD), TWO));
    assertThat(token(store)).isEmpty();
  }

  @Test
  void theIdOfADroppedSyncStartsWithoutAToken() {
    GrantStore store = storeWith(FIRST);
    store.putAll(SYNC, List.of(), ONE);
    store.drop(SYNC);

    assertRefused(store, Reason.SYNC_UNKNOWN, SYNC, () -> store.putAll(SYNC, List.of(THIRD), TWO));
    assertThat(store.startSync(SYNC, "full", STARTED).resumeToken()).isEmpty();
    assertThat(token(store)).isEmpty();
  }

  @Test
  void aSnapshotKeepsTheTokenOfItsMoment() {
    GrantStore store = storeWith(FIRST);
    store.putAll(SYNC, List.of(), ONE);

    try (GrantSnapshot before = store.snapshot()) {
      store.putAll(SYNC, List.of(SECOND), TWO);
      assertThat(token(before)).contains(ONE);
      assertThat(token(before.asOf(ENDED))).contains(ONE);
      Reads.assertHoldsExactly(before, SYNC, List.of(FIRST), List.of(SECOND));
      store.seal(SYNC, ENDED);
      assertThat(token(before)).contains(ONE);
    }
    assertThat(token(store)).isEmpty();
  }

  @Test
  void aTokenIsThereAfterReopening() {
    requires(Capability.PERSISTENT);
    for (Durability durability : Durability.values()) {
      GrantStore store = open(temp.resolve("store-" + durability), OpenMode.CREATE, durability);
      store.startSync(SYNC, "full", STARTED);
      store.putAll(SYNC, List.of(FIRST), ONE);
      store.put(SYNC, SECOND);
      store.close();

      GrantStore again = open(temp.resolve("store-" + durability), OpenMode.OPEN, durability);
      assertThat(token(again)).contains(ONE);
      again.put(SYNC, THIRD);
      assertThat(token(again)).contains(ONE);
      again.putAll(SYNC, List.of(), TWO);
      again.close();

      GrantStore last = open(temp.resolve("store-" + durability), OpenMode.OPEN, durability);
      assertThat(token(last)).contains(TWO);
      Reads.assertHoldsExactly(last, SYNC, List.of(FIRST, SECOND, THIRD));
      last.seal(SYNC, ENDED);
      last.close();
      assertThat(token(open(temp.resolve("store-" + durability), OpenMode.OPEN, durability)))
          .isEmpty();
    }
  }

  @Test
  void aCheckpointHasTheTokens() {
    requires(Capability.CHECKPOINTS);
    GrantStore store = open(location(), OpenMode.CREATE);
    store.startSync(SYNC, "full", STARTED);
    store.putAll(SYNC, List.of(FIRST), ONE);

    store.checkpoint(temp.resolve("copy"));
    store.putAll(SYNC, List.of(SECOND), TWO);

    GrantStore copy = open(temp.resolve("copy"), OpenMode.OPEN);
    assertThat(token(copy)).contains(ONE);
    Reads.assertHoldsExactly(copy, SYNC, List.of(FIRST), List.of(SECOND));
    copy.putAll(SYNC, List.of(THIRD), bytes("page 3"));
    assertThat(token(store)).contains(TWO);
  }

  @Test
  void aStoreThatIsOpenForReadingShowsTheTokenAndTakesNone() {
    requires(Capability.READ_ONLY_OPEN);
    GrantStore store = open(location(), OpenMode.CREATE);
    store.startSync(SYNC, "full", STARTED);
    store.putAll(SYNC, List.of(FIRST), ONE);
    store.close();

    GrantStore reader = open(location(), OpenMode.READ_ONLY);
    assertThat(token(reader)).contains(ONE);
    assertRefused(reader, Reason.READ_ONLY, "", () -> reader.putAll(SYNC, List.of(SECOND), TWO));
  }

  @Test
  void aClosedStoreTakesNone() {
    GrantStore store = storeWith(FIRST);
    store.close();

    assertThatThrownBy(() -> store.putAll(SYNC, List.of(), ONE))
        .isInstanceOf(IllegalStateException.class);
  }

  private static Optional<Bytes> token(GrantReader reader) {
    Optional<Bytes> token = reader.sync(SYNC).orElseThrow().resumeToken();
    for (SyncRun run : reader.syncs()) {
      if (run.id().equals(SYNC)) {
        assertThat(run.resumeToken()).as("in the list of syncs").isEqualTo(token);
      }
    }
    return token;
  }

  private static Bytes bytes(String text) {
    return Bytes.copyOf(text.getBytes(StandardCharsets.UTF_8));
  }
}
