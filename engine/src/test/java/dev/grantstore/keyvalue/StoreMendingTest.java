package dev.grantstore.keyvalue;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.grantstore.Bytes;
import dev.grantstore.CanonicalForm;
import dev.grantstore.EntitlementDigests;
import dev.grantstore.EntitlementRef;
import dev.grantstore.Expansion;
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
import dev.grantstore.SyncRun;
import dev.grantstore.Verification.Finding;
import dev.grantstore.Verification.Kind;
import dev.grantstore.codec.ValueForm;
import dev.grantstore.layout.Keyspace;
import dev.grantstore.layout.RowWriter;
import dev.grantstore.repair.SyncMending;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is derived of a sync is damaged beside the store, in each engine, and mended. */
final class StoreMendingTest {
  private static final Instant AT = Instant.parse("2026-12-01T00:00:00Z");
  private static final String SYNC = "s";
  private static final String OTHER = "t";
  private static final int NUMBER = 0;
  private static final byte[] NOTHING = {};

  @TempDir Path folder;

  /** Does something to the rows beside the store. */
  private interface Damage {
    void into(Batch batch) throws Exception;
  }

  @ParameterizedTest
  @CsvSource({
    "rocksdb, OPEN", "rocksdb, SEALED", "sqlite, OPEN", "sqlite, SEALED",
    "lmdb, OPEN", "lmdb, SEALED", "mvstore, OPEN", "mvstore, SEALED"
  })
  void rowsOfIndexesAreMadeWhatTheGrantsSay(String engine, SyncRun.State state) throws Exception {
    Map<String, Object> right;
    try (GrantStore store = made(engine, state)) {
      Map<Keyspace, Map<String, Bytes>> rows = rows(store);
      right = answers(store);
      ValueForm form = database(store).valueForm();
      for (Keyspace index : indexes()) {
        damage(
            store,
            batch -> {
              delete(batch, index, grant(0));
              put(batch, form, index, grant(1_000));
              put(batch, form, index, changed(grant(3)));
              delete(batch, index, grant(6));
              put(batch, form, index, moved(grant(6)));
              byte[] key = key(index, grant(9));
              batch.put(index, key, key.length, new byte[] {1}, 1);
              byte[] none = Arrays.copyOf(key(index, grant(12)), 9);
              batch.put(index, none, none.length, new byte[] {1}, 1);
            });
      }
      assertThat(store.verify().isClean()).isFalse();

      List<Finding> mended = SyncMending.run(store, SYNC, Optional.empty());

      assertThat(mended)
          .filteredOn(finding -> !finding.keyspace().equals("digests"))
          .allSatisfy(finding -> assertThat(finding.syncId()).isEqualTo(SYNC))
          .extracting(Finding::keyspace, Finding::kind, Finding::count)
          .containsExactlyInAnyOrderElementsOf(
              indexes().stream()
                  .flatMap(
                      index ->
                          Stream.of(
                              tuple(index.label(), Kind.UNREADABLE, 2L),
                              tuple(index.label(), Kind.ORPHAN, 1L),
                              tuple(index.label(), Kind.DIFFERENT, 2L),
                              tuple(index.label(), Kind.MISSING, 2L)))
                  .toList());
      assertThat(rows(store)).isEqualTo(rows);
      assertThat(store.verify().findings()).isEmpty();
      assertThat(SyncMending.run(store, SYNC, Optional.empty())).isEmpty();
    }
    try (GrantStore store = open(engine, OpenMode.OPEN)) {
      assertThat(answers(store)).isEqualTo(right);
      if (state == SyncRun.State.OPEN) {
        store.seal(SYNC, AT);
      }
      assertThat(store.verify().findings()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "rocksdb, OPEN", "rocksdb, SEALED", "sqlite, OPEN", "sqlite, SEALED",
    "lmdb, OPEN", "lmdb, SEALED", "mvstore, OPEN", "mvstore, SEALED"
  })
  void oneEntitlementIsMendedAlone(String engine, SyncRun.State state) throws Exception {
    try (GrantStore store = made(engine, state)) {
      Map<Keyspace, Map<String, Bytes>> rows = rows(store);
      ValueForm form = database(store).valueForm();
      for (Keyspace index : indexes()) {
        damage(
            store,
            batch -> {
              for (int i : new int[] {0, 1}) {
                delete(batch, index, grant(3 * i));
                put(batch, form, index, changed(grant(6 + 3 * i)));
                byte[] key = key(index, grant(12 + 3 * i));
                batch.put(index, key, key.length, new byte[] {1}, 1);
              }
            });
      }
      EntitlementRef one = grant(0).entitlement();
      EntitlementRef other = grant(3).entitlement();

      List<Finding> mended = SyncMending.run(store, SYNC, Optional.of(one));

      assertThat(mended)
          .extracting(Finding::kind)
          .containsOnly(Kind.MISSING, Kind.DIFFERENT, Kind.UNREADABLE);
      assertThat(store.verify().findings()).hasSize(3).allMatch(f -> f.kind() == Kind.UNREADABLE);
      assertThat(mended).noneMatch(finding -> finding.first().contains("\"g3\""));
      assertThat(SyncMending.run(store, SYNC, Optional.of(one))).isEmpty();
      assertThat(SyncMending.run(store, SYNC, Optional.of(other)))
          .as("and digests, once all lists are whole")
          .hasSize(state == SyncRun.State.SEALED ? 10 : 9);
      assertThat(store.verify().findings()).isEmpty();
      assertThat(rows(store)).isEqualTo(rows);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"rocksdb", "sqlite", "lmdb", "mvstore"})
  void grantsThatAreNotWholeAreNotBelieved(String engine) throws Exception {
    try (GrantStore store = made(engine, SyncRun.State.SEALED)) {
      damage(
          store,
          batch -> {
            delete(batch, Keyspace.GRANTS, grant(0));
            delete(batch, Keyspace.BY_PRINCIPAL, grant(3));
          });
      Map<Keyspace, Map<String, Bytes>> rows = rows(store);

      assertRefused(Reason.CORRUPTION, store, "not what the sync's row tells");

      assertThat(rows(store)).isEqualTo(rows);
      assertThat(digestFiles()).isEmpty();
    }
  }

  @Test
  void whatCannotBeMendedSaysSo() {
    try (GrantStore store = GrantStores.open("memory:", StoreOptions.of(OpenMode.CREATE))) {
      store.startSync(SYNC, "", AT);
      assertRefused(Reason.UNSUPPORTED, store, "derived");
    }
    made("sqlite", SyncRun.State.OPEN).close();
    try (GrantStore store = open("sqlite", OpenMode.READ_ONLY)) {
      assertRefused(Reason.READ_ONLY, store, "read-only");
    }
    try (GrantStore store = open("sqlite", OpenMode.OPEN)) {
      store.drop(SYNC);
      assertRefused(Reason.SYNC_UNKNOWN, store, SYNC);
    }
  }

  /** Of a store that packs, too: only a file is written. */
  @ParameterizedTest
  @CsvSource({"rocksdb, true", "rocksdb, false", "sqlite, false", "lmdb, false", "mvstore, false"})
  void digestsAreMadeWhatTheGrantsSay(String engine, boolean packed) throws Exception {
    try (GrantStore store = packed ? packed() : made(engine, SyncRun.State.SEALED)) {
      assertThat(SyncMending.run(store, SYNC, Optional.empty()))
          .extracting(Finding::keyspace, Finding::kind)
          .containsExactly(tuple("digests", Kind.MISSING));
      Path file = digestFiles().get(0);
      byte[] right = Files.readAllBytes(file);

      assertMended(store, file, Arrays.copyOf(right, right.length - 1), Kind.UNREADABLE);
      assertMended(store, file, swapped(right), Kind.DIFFERENT);
      assertMended(store, file, renamed(right), Kind.MISSING, Kind.ORPHAN);
      assertMended(store, file, right);
    }
  }

  private void assertMended(GrantStore store, Path file, byte[] damaged, Kind... kinds)
      throws IOException {
    byte[] right = Files.readAllBytes(file);
    Files.write(file, damaged);
    assertThat(SyncMending.run(store, SYNC, Optional.empty()))
        .allSatisfy(finding -> assertThat(finding.keyspace()).isEqualTo("digests"))
        .extracting(Finding::kind)
        .containsExactly(kinds);
    assertThat(Files.readAllBytes(file)).isEqualTo(right);
    assertThat(digestFiles()).containsExactly(file);
    try (EntitlementDigests digests = store.entitlementDigests(SYNC).orElseThrow()) {
      assertThat(digests.next()).isTrue();
    }
    assertThat(store.verify().findings()).isEmpty();
  }

  /** A file that is whole, and says of the first two entitlements what is true of the other. */
  private static byte[] swapped(byte[] file) {
    byte[] swapped = file.clone();
    int first = sumOfEntry(file, DIGESTS_FIRST);
    int second = sumOfEntry(file, first + SUM);
    System.arraycopy(file, first, swapped, second, SUM);
    System.arraycopy(file, second, swapped, first, SUM);
    return summed(swapped);
  }

  /** A file that is whole, and has the last entitlement under another name. */
  private static byte[] renamed(byte[] file) {
    byte[] renamed = file.clone();
    int sum = DIGESTS_FIRST - SUM;
    while (file[sum + SUM] == DigestFile.ENTRY) {
      sum = sumOfEntry(file, sum + SUM);
    }
    renamed[sum - 1]++;
    return summed(renamed);
  }

  private static final int SUM = 3 * Long.BYTES;
  private static final int DIGESTS_FIRST = 8 + 1 + 16 + 4 + SUM;

  private static int sumOfEntry(byte[] file, int entry) {
    assertThat((int) file[entry]).isEqualTo(DigestFile.ENTRY);
    int at = entry + 1;
    for (int id = 0; id < 3; id++) {
      at += Short.BYTES + ByteBuffer.wrap(file).getShort(at);
    }
    return at;
  }

  private static byte[] summed(byte[] file) {
    int end = file.length - Integer.BYTES;
    CRC32C sum = new CRC32C();
    sum.update(file, 0, end);
    ByteBuffer.wrap(file).putInt(end, (int) sum.getValue());
    return file;
  }

  @Test
  void asManyAsOneWriteTakesAreHeld() {
    IndexChanges changes = new IndexChanges(SYNC, NUMBER, Optional.empty());
    Grant large =
        Grant.of("g", new EntitlementRef("a", "b".repeat(30_000), "c"), grant(0).principal(), AT);
    int most = (int) (HeldGrants.MOST_ID_CHARS / key(Keyspace.BY_ENTITLEMENT, large).length);
    for (int i = 0; i < most; i++) {
      changes.wrong(Kind.ORPHAN, Keyspace.BY_ENTITLEMENT, large);
    }
    assertThat(changes.areTooMany()).isFalse();
    changes.wrong(Kind.ORPHAN, Keyspace.BY_ENTITLEMENT, large);
    assertThat(changes.areTooMany()).isTrue();
  }

  private static void assertRefused(Reason reason, GrantStore store, String why) {
    assertThatThrownBy(() -> SyncMending.run(store, SYNC, Optional.empty()))
        .isInstanceOfSatisfying(
            GrantStoreException.class, e -> assertThat(e.reason()).isEqualTo(reason))
        .hasMessageContaining(why);
  }

  private GrantStore made(String engine, SyncRun.State state) {
    GrantStore store = open(engine, OpenMode.CREATE);
    for (String sync : List.of(SYNC, OTHER)) {
      store.startSync(sync, "", AT);
      store.putAll(sync, grants());
      if (state == SyncRun.State.SEALED) {
        store.seal(sync, AT);
      }
    }
    return store;
  }

  private GrantStore packed() {
    GrantStore store = GrantStores.open(address("rocksdb"), StoreOptions.of(OpenMode.CREATE));
    store.startSync(SYNC, "", AT);
    store.putAll(SYNC, grants());
    store.seal(SYNC, AT);
    return store;
  }

  /** Of RocksDB one that does not pack. */
  private GrantStore open(String engine, OpenMode mode) {
    StoreOptions options = StoreOptions.of(mode);
    return GrantStores.open(
        address(engine),
        engine.equals("rocksdb") ? options.withEngineOption("packed", "0") : options);
  }

  private String address(String engine) {
    return engine + ":" + folder.resolve("store");
  }

  private List<Path> digestFiles() throws IOException {
    try (Stream<Path> entries = Files.list(folder.resolve("store"))) {
      return entries.filter(p -> p.getFileName().toString().startsWith("digests-")).toList();
    }
  }

  private static List<Keyspace> indexes() {
    return Keyspace.OF_GRANTS.stream().filter(keyspace -> keyspace != Keyspace.GRANTS).toList();
  }

  private static List<Grant> grants() {
    return IntStream.range(0, 60).mapToObj(StoreMendingTest::grant).toList();
  }

  /** Each third needs expansion; of these, one and another entitlement have every second. */
  private static Grant grant(int i) {
    return grant(i, "e" + i % 2, "p" + i % 5, AT);
  }

  private static Grant changed(Grant grant) {
    return grant(
        number(grant),
        grant.entitlement().entitlementId(),
        grant.principal().resourceId(),
        AT.plusSeconds(1));
  }

  private static Grant moved(Grant grant) {
    return grant(number(grant), "e7", grant.principal().resourceId(), AT);
  }

  private static int number(Grant grant) {
    return Integer.parseInt(grant.id().substring(1));
  }

  private static Grant grant(int i, String entitlement, String principal, Instant at) {
    return new Grant(
        "g" + i,
        new EntitlementRef("app", "a", entitlement),
        new PrincipalRef("user", principal),
        at,
        i % 3 == 0 || i >= 1_000,
        Optional.of(new Expansion(List.of("x"), false, List.of())),
        List.of(),
        List.of(),
        Optional.empty());
  }

  private static Map<String, Object> answers(GrantStore store) {
    Map<String, Object> answers = new TreeMap<>();
    for (String sync : List.of(SYNC, OTHER)) {
      answers.put(sync + " all", list(store, new GrantQuery.Scan(sync)));
      answers.put(sync + " lists", list(store, new GrantQuery.ScanByEntitlement(sync)));
      answers.put(sync + " needing", list(store, new GrantQuery.NeedingExpansion(sync)));
      for (int i = 0; i < 5; i++) {
        PrincipalRef who = grant(i).principal();
        answers.put(sync + " of " + i, list(store, new GrantQuery.ByPrincipal(sync, who)));
      }
    }
    return answers;
  }

  private static List<Grant> list(GrantStore store, GrantQuery query) {
    List<Grant> found = new ArrayList<>();
    try (GrantCursor rows = store.cursor(query)) {
      while (rows.next()) {
        found.add(rows.grant());
      }
    }
    return found;
  }

  private static Map<Keyspace, Map<String, Bytes>> rows(GrantStore store) throws Exception {
    Map<Keyspace, Map<String, Bytes>> all = new TreeMap<>();
    RowBytes key = new RowBytes();
    RowBytes value = new RowBytes();
    try (View view = database(store).snapshot()) {
      for (Keyspace keyspace : Keyspace.OF_GRANTS) {
        Map<String, Bytes> rows = new TreeMap<>();
        try (Rows stored = view.rows(keyspace, NOTHING, NOTHING)) {
          while (stored.next(key, value)) {
            rows.put(Arrays.toString(key.toByteArray()), Bytes.copyOf(value.toByteArray()));
          }
        }
        all.put(keyspace, rows);
      }
    }
    return all;
  }

  private static void damage(GrantStore store, Damage damage) throws Exception {
    try (Batch batch = database(store).begin(true)) {
      damage.into(batch);
      batch.commit();
    }
  }

  private static void delete(Batch batch, Keyspace keyspace, Grant grant) throws Exception {
    byte[] key = key(keyspace, grant);
    batch.delete(keyspace, key, key.length);
  }

  private static void put(Batch batch, ValueForm form, Keyspace keyspace, Grant grant)
      throws Exception {
    RowWriter row = row(keyspace, grant, form);
    batch.put(
        keyspace, row.key().array(), row.key().length(), row.value().array(), row.value().length());
  }

  private static byte[] key(Keyspace keyspace, Grant grant) {
    return row(keyspace, grant, ValueForm.PLAIN).key().toByteArray();
  }

  private static RowWriter row(Keyspace keyspace, Grant grant, ValueForm values) {
    CanonicalForm form = new CanonicalForm();
    form.encode(grant);
    RowWriter row = new RowWriter(values);
    row.grant(grant, form);
    row.row(keyspace, NUMBER);
    return row;
  }

  private static KeyValueDatabase database(GrantStore store) throws ReflectiveOperationException {
    Field field = KeyValueStore.class.getDeclaredField("database");
    field.setAccessible(true);
    return requireNonNull((KeyValueDatabase) field.get(store));
  }
}
