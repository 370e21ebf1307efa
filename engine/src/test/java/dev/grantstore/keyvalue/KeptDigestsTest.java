package dev.grantstore.keyvalue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.grantstore.ContentDigest;
import dev.grantstore.DigestAccumulator;
import dev.grantstore.EntitlementDigests;
import dev.grantstore.EntitlementRef;
import dev.grantstore.Grant;
import dev.grantstore.GrantCursor;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantReader;
import dev.grantstore.GrantSnapshot;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStoreException;
import dev.grantstore.GrantStores;
import dev.grantstore.OpenMode;
import dev.grantstore.PrincipalRef;
import dev.grantstore.Reason;
import dev.grantstore.StoreOptions;
import dev.grantstore.Verification.Finding;
import dev.grantstore.Verification.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class KeptDigestsTest {
  private static final Instant AT = Instant.parse("2026-11-30T00:00:00Z");
  private static final String SYNC = "s";

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"rocksdb", "sqlite", "lmdb", "mvstore"})
  void aStoreThatIsSettledHasThemForEverySealedSync(String engine) throws IOException {
    try (GrantStore store = open(engine, OpenMode.CREATE)) {
      seal(store, SYNC, grants(0));
      store.startSync("open", "", AT);
      store.putAll("open", grants(1));
      assertThat(store.entitlementDigests(SYNC)).isEmpty();
      store.settle(Duration.ofMinutes(1));

      assertThat(read(store, SYNC)).isEqualTo(summed(store, SYNC)).hasSize(4);
      assertThat(store.entitlementDigests("open")).isEmpty();
      assertThatThrownBy(() -> store.entitlementDigests("no"))
          .isInstanceOfSatisfying(
              GrantStoreException.class,
              e -> assertThat(e.reason()).isEqualTo(Reason.SYNC_UNKNOWN));
      try (GrantSnapshot snapshot = store.snapshot()) {
        assertThat(read(snapshot, SYNC)).isEqualTo(summed(store, SYNC));
      }
    }
    try (GrantStore reopened = open(engine, OpenMode.READ_ONLY)) {
      assertThat(read(reopened, SYNC)).isEqualTo(summed(reopened, SYNC));
    }
    try (GrantStore reopened = open(engine, OpenMode.OPEN)) {
      assertThat(read(reopened, SYNC)).isEqualTo(summed(reopened, SYNC));
      reopened.drop(SYNC);
      assertThat(files()).isEmpty();
      seal(reopened, SYNC, grants(7));
      assertThat(reopened.entitlementDigests(SYNC)).isEmpty();
      reopened.settle(Duration.ofMinutes(1));
      assertThat(read(reopened, SYNC)).isEqualTo(summed(reopened, SYNC));
    }
  }

  /** Whatever is longer than what came before it, id by id and entitlement by entitlement. */
  @Test
  void idsOfAnyLengthsStandInThem() {
    int[] lengths = {0, 1, 80, 300, 700, 3_000};
    List<Grant> grants = new ArrayList<>();
    for (int type : lengths) {
      for (int resource : lengths) {
        for (int id : lengths) {
          EntitlementRef entitlement =
              new EntitlementRef("t".repeat(type), "r".repeat(resource), "e".repeat(id));
          PrincipalRef principal = new PrincipalRef("user", "u");
          grants.add(Grant.of("a" + grants.size(), entitlement, principal, AT));
          grants.add(Grant.of("a" + grants.size(), entitlement, principal, AT));
        }
      }
    }
    try (GrantStore store = open("mvstore", OpenMode.CREATE)) {
      seal(store, SYNC, grants);
      store.settle(Duration.ofMinutes(1));

      assertThat(read(store, SYNC)).isEqualTo(summed(store, SYNC)).hasSize(6 * 6 * 6);
    }
  }

  @Test
  void anEmptySyncHasNone() {
    try (GrantStore store = open("mvstore", OpenMode.CREATE)) {
      seal(store, SYNC, List.of());
      store.settle(Duration.ofMinutes(1));

      assertThat(read(store, SYNC)).isEmpty();
    }
  }

  @Test
  void everyByteIsChecked() throws IOException {
    try (GrantStore store = open("mvstore", OpenMode.CREATE)) {
      seal(store, SYNC, grants(0));
      store.settle(Duration.ofMinutes(1));
      Path file = files().get(0);
      byte[] whole = Files.readAllBytes(file);

      for (int i = 0; i < whole.length; i++) {
        byte[] flipped = whole.clone();
        flipped[i] ^= (byte) (1 << i % 8);
        assertDamageIsTold(store, file, flipped);
      }
      for (int length = 0; length < whole.length; length++) {
        assertDamageIsTold(store, file, Arrays.copyOf(whole, length));
      }
      assertDamageIsTold(store, file, Arrays.copyOf(whole, whole.length + 1));
      Files.delete(file);
      assertThat(store.entitlementDigests(SYNC)).isEmpty();
      store.settle(Duration.ofMinutes(1));
      assertThat(Files.readAllBytes(file)).isEqualTo(whole);
    }
  }

  @Test
  void thoseOfAnotherSyncOrStoreAreRefused() throws IOException {
    byte[] others;
    try (GrantStore other = open("mvstore", OpenMode.CREATE)) {
      seal(other, SYNC, grants(0));
      other.settle(Duration.ofMinutes(1));
      others = Files.readAllBytes(files().get(0));
    }
    folder = folder.resolve("second");
    Files.createDirectory(folder);
    try (GrantStore store = open("mvstore", OpenMode.CREATE)) {
      seal(store, SYNC, grants(0));
      seal(store, "t", grants(0));
      store.settle(Duration.ofMinutes(1));
      List<Path> files = files();

      Files.write(files.get(0), others);
      assertThatThrownBy(() -> store.entitlementDigests(SYNC))
          .hasMessageContaining("it is of another store");
      Files.write(files.get(0), Files.readAllBytes(files.get(1)));
      assertThatThrownBy(() -> store.entitlementDigests(SYNC))
          .hasMessageContaining("it is of another sync");
    }
  }

  @Test
  void thoseThatAreDamagedOrAnothersAreFoundAndMadeAnew() throws IOException {
    try (GrantStore store = open("mvstore", OpenMode.CREATE)) {
      seal(store, SYNC, grants(0));
      seal(store, "t", grants(0));
      store.settle(Duration.ofMinutes(1));
      assertThat(store.verify().findings()).isEmpty();
      Path file = files().get(0);
      byte[] whole = Files.readAllBytes(file);
      byte[] flipped = whole.clone();
      flipped[whole.length / 2] ^= 1;
      byte[] cut = Arrays.copyOf(whole, whole.length - 1);
      byte[] others = Files.readAllBytes(files().get(1));

      for (byte[] damaged : List.of(flipped, cut, others, new byte[0])) {
        Files.write(file, damaged);
        assertThat(store.verify().findings())
            .extracting(Finding::kind, Finding::syncId, Finding::keyspace, Finding::count)
            .containsExactly(tuple(Kind.UNREADABLE, SYNC, "digests", 1L));
        store.settle(Duration.ofMinutes(1));
        assertThat(Files.readAllBytes(file)).isEqualTo(whole);
      }
      Files.delete(file);
      assertThat(store.verify().findings()).isEmpty();
    }
  }

  @Test
  void aSettledStoreMayLackThoseThatItHadNoTimeFor() throws IOException {
    try (GrantStore store = open("mvstore", OpenMode.CREATE)) {
      seal(store, SYNC, grants(0));
      store.settle(Duration.ZERO);

      assertThat(store.entitlementDigests(SYNC)).isEmpty();
      assertThat(files()).isEmpty();
    }
  }

  @Test
  void whatIsLeftOfSyncsThatAreGoneIsDeletedOnOpening() throws IOException {
    try (GrantStore store = open("mvstore", OpenMode.CREATE)) {
      seal(store, SYNC, grants(0));
      store.settle(Duration.ofMinutes(1));
    }
    Path kept = files().get(0);
    Path left = kept.resolveSibling("digests-17");
    Files.copy(kept, left);
    Files.copy(kept, kept.resolveSibling(kept.getFileName() + ".next"));
    Files.createFile(kept.resolveSibling("digests-are-mine"));

    open("mvstore", OpenMode.READ_ONLY).close();
    assertThat(left).exists();
    open("mvstore", OpenMode.OPEN).close();

    assertThat(files()).containsExactly(kept, kept.resolveSibling("digests-are-mine"));
  }

  @Test
  void aStoreThatClosesEndsThem() {
    EntitlementDigests digests;
    try (GrantStore store = open("mvstore", OpenMode.CREATE)) {
      seal(store, SYNC, grants(0));
      store.settle(Duration.ofMinutes(1));
      digests = store.entitlementDigests(SYNC).orElseThrow();
      assertThatThrownBy(digests::entitlement).isInstanceOf(IllegalStateException.class);
      assertThat(digests.next()).isTrue();
    }
    assertThatThrownBy(digests::next).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(digests::digest).isInstanceOf(IllegalStateException.class);
    digests.close();
  }

  private void assertDamageIsTold(GrantStore store, Path file, byte[] content) throws IOException {
    Files.write(file, content);
    assertThatThrownBy(() -> store.entitlementDigests(SYNC))
        .isInstanceOfSatisfying(
            GrantStoreException.class, e -> assertThat(e.reason()).isEqualTo(Reason.CORRUPTION))
        .hasMessageContaining(file.toString());
  }

  private static Map<EntitlementRef, ContentDigest> read(GrantReader reader, String sync) {
    Map<EntitlementRef, ContentDigest> read = new LinkedHashMap<>();
    try (EntitlementDigests digests = reader.entitlementDigests(sync).orElseThrow()) {
      while (digests.next()) {
        assertThat(read.put(digests.entitlement(), digests.digest())).isNull();
      }
      assertThat(digests.next()).isFalse();
    }
    return read;
  }

  private static Map<EntitlementRef, ContentDigest> summed(GrantReader reader, String sync) {
    Map<EntitlementRef, DigestAccumulator> sums = new LinkedHashMap<>();
    try (GrantCursor rows = reader.cursor(new GrantQuery.ScanByEntitlement(sync))) {
      while (rows.next()) {
        Grant grant = rows.grant();
        sums.computeIfAbsent(grant.entitlement(), e -> new DigestAccumulator()).add(grant);
      }
    }
    Map<EntitlementRef, ContentDigest> digests = new LinkedHashMap<>();
    sums.forEach((e, sum) -> digests.put(e, sum.digest()));
    return digests;
  }

  private static List<Grant> grants(int seed) {
    List<EntitlementRef> entitlements =
        List.of(
            new EntitlementRef("", "", ""),
            new EntitlementRef("a", "", "\u0000"),
            new EntitlementRef("a", "b", "c"),
            new EntitlementRef("a", "bc", "\ud83d\udd25".repeat(20)));
    return IntStream.range(0, 23)
        .mapToObj(
            i ->
                Grant.of(
                    "g" + i,
                    entitlements.get(i % 4),
                    new PrincipalRef("user", "u" + (i + seed)),
                    AT))
        .toList();
  }

  private static void seal(GrantStore store, String sync, List<Grant> grants) {
    store.startSync(sync, "", AT);
    store.putAll(sync, grants);
    store.seal(sync, AT);
  }

  private GrantStore open(String engine, OpenMode mode) {
    return GrantStores.open(engine + ":" + folder.resolve("store"), StoreOptions.of(mode));
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> entries = Files.list(folder.resolve("store"))) {
      return new ArrayList<>(
          entries.filter(p -> p.getFileName().toString().startsWith("digests-")).sorted().toList());
    }
  }
}
