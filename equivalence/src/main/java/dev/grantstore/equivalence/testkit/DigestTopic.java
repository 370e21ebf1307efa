package dev.grantstore.equivalence.testkit;

import static dev.grantstore.equivalence.testkit.GrantBuilder.aFullGrant;
import static dev.grantstore.equivalence.testkit.GrantBuilder.aGrant;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.ContentDigest;
import dev.grantstore.Grant;
import dev.grantstore.GrantStore;
import dev.grantstore.equivalence.workload.TrapIds;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The digest says what a sync holds, not how it came there. */
abstract class DigestTopic extends Topic {
  /** Computed once, of a full grant but for its end and one beyond U+FFFF; it never changes. */
  private static final String GOLDEN = "a1bcaed06523b998ccfeb2ab7a943e18/2";

  /** The same with the full grant's end. */
  private static final String GOLDEN_OF_EXPIRING = "fc303f5a840f13ef1e8123c33bfc3db2/2";

  DigestTopic(GrantStoreContract engine) {
    super(engine);
  }

  @Test
  void isTheOneEveryEngineGives() {
    GrantStore store =
        storeWith(
            aFullGrant("g1").build().withExpiresAt(Optional.empty()),
            aGrant().id(TrapIds.ASTRAL).build());

    assertThat(store.seal(SYNC, ENDED).digest().orElseThrow()).hasToString(GOLDEN);
  }

  @Test
  void isTheOneEveryEngineGivesOfGrantsThatExpire() {
    GrantStore store = storeWith(aFullGrant("g1").build(), aGrant().id(TrapIds.ASTRAL).build());

    assertThat(store.seal(SYNC, ENDED).digest().orElseThrow()).hasToString(GOLDEN_OF_EXPIRING);
  }

  @Test
  void addsUpEveryGrantOfTheSync() {
    List<Grant> grants = trapGrants();

    assertThat(sealed(storeWith(grants))).isEqualTo(digestOf(grants));
  }

  @Test
  void ofNothingIsEmpty() {
    assertThat(sealed(storeWith())).isEqualTo(ContentDigest.EMPTY);
  }

  @Test
  void isIndependentOfTheOrderOfWriting() {
    List<Grant> reversed = new ArrayList<>(trapGrants());
    Collections.reverse(reversed);
    GrantStore oneByOne = storeWith();
    reversed.forEach(grant -> oneByOne.put(SYNC, grant));

    assertThat(sealed(oneByOne)).isEqualTo(sealed(storeWith(trapGrants())));
  }

  @Test
  void forgetsWhatWasReplaced() {
    Grant last = aFullGrant("g1").forUser("last").build();
    GrantStore store = storeWith(aGrant().id("g1").build(), aGrant().id("g2").build());

    store.put(SYNC, aGrant().id("g1").forUser("between").build());
    store.putAll(SYNC, List.of(aGrant().id("g1").build(), last, last));

    assertThat(sealed(store)).isEqualTo(digestOf(List.of(last, aGrant().id("g2").build())));
  }

  @Test
  void forgetsWhatWasDeleted() {
    GrantStore store = storeWith(trapGrants());

    store.deleteAll(SYNC, TrapIds.notEmpty());
    store.deleteAll(SYNC, TrapIds.notEmpty());

    assertThat(sealed(store)).isEqualTo(ContentDigest.EMPTY);
  }

  @Test
  void countsAGrantThatWasPutTwiceOnce() {
    Grant grant = aFullGrant("g1").build();
    GrantStore store = storeWith(grant, grant);

    store.put(SYNC, grant);

    assertThat(sealed(store)).isEqualTo(digestOf(List.of(grant)));
  }

  @Test
  void countsAGrantThatWasDeletedAndPutAgainOnce() {
    Grant grant = aFullGrant("g1").build();
    GrantStore store = storeWith(grant);

    store.delete(SYNC, "g1");
    store.put(SYNC, grant);

    assertThat(sealed(store)).isEqualTo(digestOf(List.of(grant)));
  }

  @Test
  void findsContentsThatWereSwapped() {
    Grant a = aGrant().id("a").forUser("u1").build();
    Grant b = aGrant().id("b").forUser("u2").build();
    Grant swappedA = aGrant().id("a").forUser("u2").build();
    Grant swappedB = aGrant().id("b").forUser("u1").build();

    assertThat(sealed(storeWith(a, b))).isNotEqualTo(sealed(storeWith(swappedA, swappedB)));
  }

  @Test
  void knowsNeitherTheSyncsIdNorItsTimes() {
    GrantStore store = storeWith(trapGrants());
    store.startSync("other", "another type", ENDED);
    store.putAll("other", trapGrants());

    assertThat(store.seal("other", STARTED).digest()).isEqualTo(store.seal(SYNC, ENDED).digest());
  }

  @Test
  void isNotMovedByFlushAndSettleBetweenTheWrites() {
    GrantStore store = storeWith();
    for (Grant grant : trapGrants()) {
      store.put(SYNC, aGrant().id(grant.id()).build());
    }
    store.flush();
    store.putAll(SYNC, trapGrants());
    store.settle(java.time.Duration.ofMinutes(1));

    assertThat(sealed(store)).isEqualTo(digestOf(trapGrants()));
  }

  private static ContentDigest sealed(GrantStore store) {
    return store.seal(SYNC, ENDED).digest().orElseThrow();
  }

  private List<Grant> trapGrants() {
    return taken(TrapIds.notEmpty()).stream()
        .map(trap -> aFullGrant(trap).forUser(trap).build())
        .toList();
  }
}
