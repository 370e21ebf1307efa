package dev.grantstore.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.grantstore.BulkLoad;
import dev.grantstore.BulkLoadOptions;
import dev.grantstore.BulkPart;
import dev.grantstore.CanonicalForm;
import dev.grantstore.EntitlementRef;
import dev.grantstore.Grant;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStores;
import dev.grantstore.OpenMode;
import dev.grantstore.PrincipalRef;
import dev.grantstore.StoreOptions;
import dev.grantstore.Verification;
import dev.grantstore.Verification.Finding;
import dev.grantstore.Verification.Kind;
import dev.grantstore.layout.KeyPrefix;
import dev.grantstore.layout.Keyspace;
import dev.grantstore.layout.RowWriter;
import dev.grantstore.packed.PageKey;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/** Rows that RocksDB holds to be right are compared with one another, keyspace by keyspace. */
final class VerificationTest {
  private static final String SYNC = "sync";
  private static final int ROWS = 400;

  /** More than there are parts that are compared. */
  private static final int MANY_ROWS = 9_000;

  /** One that needs expansion, in the midst of the others. */
  private static final int VICTIM = 210;

  private static final List<Keyspace> INDEXES =
      List.of(Keyspace.BY_ENTITLEMENT, Keyspace.BY_PRINCIPAL, Keyspace.NEEDS_EXPANSION);

  @TempDir Path folder;

  /** The sync's. */
  private int number;

  /** Changes what is stored, past our own writing. */
  private interface Change {
    void to(RocksHandles handles) throws RocksDBException;
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "1"})
  void ofWhatWasWrittenIsClean(String packed) {
    try (GrantStore store = open(OpenMode.CREATE, packed)) {
      store.startSync("open", "full", SampleGrants.STARTED);
      store.putAll("open", SampleGrants.grants(0, 50));
      store.deleteAll("open", List.of(SampleGrants.grant(7, 0).id()));
      store.startSync("dropped", "full", SampleGrants.STARTED);
      store.putAll("dropped", SampleGrants.grants(0, 50));
      store.drop("dropped");
      store.startSync("empty", "full", SampleGrants.STARTED);
      store.seal("empty", SampleGrants.ENDED);
      fill(store);
      try (BulkLoad load =
          store.bulkLoad("loaded", "full", SampleGrants.STARTED, BulkLoadOptions.defaults())) {
        try (BulkPart part = load.openPart()) {
          SampleGrants.grants(0, ROWS).forEach(part::add);
        }
        load.commit(SampleGrants.ENDED);
      }
      Verification found = store.verify();

      assertThat(found.findings()).isEmpty();
      assertThat(found.syncs()).isEqualTo(4);
      assertThat(found.grants()).isEqualTo(49 + 2L * ROWS);
      assertThat(found.rows()).isGreaterThan(3 * found.grants());
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.MATCH_ANY, names = "BY_.*|NEEDS_.*")
  void anIndexRowThatIsMissingIsNamed(Keyspace index) throws RocksDBException {
    assertFound(
        handles -> handles.db().delete(handles.keyspace(index), key(index, victim())),
        finding(Kind.MISSING, index, 1, "\"" + victim().id() + "\""));
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.MATCH_ANY, names = "BY_.*|NEEDS_.*")
  void anIndexRowOfNoGrantIsNamed(Keyspace index) throws RocksDBException {
    Grant none = SampleGrants.grant(3_000, 0);
    assertThat(none.needsExpansion()).isTrue();
    assertFound(
        handles -> put(handles, index, none),
        finding(Kind.ORPHAN, index, 1, "\"" + none.id() + "\""));
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.MATCH_ANY, names = "BY_.*|NEEDS_.*")
  void anIndexRowThatDiffersIsNamed(Keyspace index) throws RocksDBException {
    Grant other =
        Grant.of(
            victim().id(),
            victim().entitlement(),
            victim().principal(),
            victim().discoveredAt().plusNanos(1));
    assertFound(
        handles -> put(handles, index, other),
        finding(Kind.DIFFERENT, index, 1, "\"" + victim().id() + "\""));
  }

  /**
   * A stale row of another principal and entitlement, which a list comes to before the right one.
   */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.MATCH_ANY, names = "BY_.*")
  void aStaleIndexRowIsNamedAndNotTheRightOneBehindIt(Keyspace index) throws RocksDBException {
    Grant stale =
        Grant.of(
            victim().id(),
            new EntitlementRef("", "", ""),
            new PrincipalRef("", ""),
            victim().discoveredAt());
    assertFound(
        handles -> put(handles, index, stale),
        finding(Kind.DIFFERENT, index, 1, "\"" + victim().id() + "\""));
  }

  @Test
  void rowsThatAreReadAgainAreCountedOnce() throws RocksDBException {
    long whole;
    try (GrantStore store = open(OpenMode.CREATE, "0")) {
      fill(store);
      whole = store.verify().rows();
    }
    change(
        handles ->
            handles
                .db()
                .delete(
                    handles.keyspace(Keyspace.BY_PRINCIPAL), key(Keyspace.BY_PRINCIPAL, victim())));

    try (GrantStore store = open(OpenMode.READ_ONLY, "0")) {
      assertThat(store.verify().rows()).isEqualTo(whole - 1);
    }
  }

  @Test
  void aGrantThatIsMissingIsNotWhatWasSealedAndEachIndexHasItToo() throws RocksDBException {
    List<Finding> found =
        found(
            handles ->
                handles
                    .db()
                    .delete(handles.keyspace(Keyspace.GRANTS), key(Keyspace.GRANTS, victim())));

    assertThat(found)
        .extracting(Finding::kind, Finding::keyspace)
        .containsExactly(
            tuple(Kind.NOT_AS_TOLD, "grants"),
            tuple(Kind.MISCOUNTED, "grants"),
            tuple(Kind.ORPHAN, "by_entitlement"),
            tuple(Kind.ORPHAN, "by_principal"),
            tuple(Kind.ORPHAN, "needs_expansion"));
  }

  @Test
  void twoIndexRowsThatAreEachOthersAreFound() throws RocksDBException {
    List<Finding> found =
        found(
            handles -> {
              for (Keyspace index : INDEXES) {
                handles.db().delete(handles.keyspace(index), key(index, victim()));
                put(handles, index, SampleGrants.grant(3_000, 0));
              }
            });

    assertThat(found).extracting(Finding::kind).containsOnly(Kind.MISSING, Kind.ORPHAN);
    assertThat(found).hasSize(2 * INDEXES.size());
  }

  @Test
  void rowsThatDoNotReadAreNamedAndTheOthersRead() throws RocksDBException {
    List<Finding> found =
        found(
            handles ->
                handles
                    .db()
                    .put(
                        handles.keyspace(Keyspace.BY_PRINCIPAL),
                        key(Keyspace.BY_PRINCIPAL, victim()),
                        new byte[] {1, 2, 3}));

    assertThat(found).extracting(Finding::kind).containsExactly(Kind.UNREADABLE);
    assertThat(found.get(0).count()).isEqualTo(1);
  }

  @Test
  void rowsOfNoSyncAreNamed() throws RocksDBException {
    List<Finding> found =
        found(
            handles -> {
              byte[] key = key(Keyspace.GRANTS, victim());
              key[3] = (byte) (key[3] + 9);
              handles.db().put(handles.keyspace(Keyspace.GRANTS), key, new byte[] {1});
            });

    assertThat(found).extracting(Finding::kind).containsExactly(Kind.STRAY);
  }

  /** Packing leaves none behind, and says so. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.MATCH_ANY, names = "GRANTS|BY_.*|NEEDS_.*")
  void rowsOfASyncThatIsPagesAreNamed(Keyspace keyspace) throws RocksDBException {
    try (GrantStore store = open(OpenMode.CREATE, "1")) {
      fill(store);
    }
    change(
        handles ->
            handles.db().put(handles.keyspace(keyspace), key(keyspace, victim()), new byte[] {1}));

    try (GrantStore store = open(OpenMode.READ_ONLY, "1")) {
      assertThat(store.verify().findings())
          .extracting(Finding::kind, Finding::syncId, Finding::keyspace)
          .containsExactly(tuple(Kind.STRAY, SYNC, keyspace.label()));
    }
  }

  @Test
  void pagesOfNoSyncAreNamed() throws RocksDBException {
    try (GrantStore store = open(OpenMode.CREATE, "1")) {
      fill(store);
    }
    change(
        handles -> {
          for (int other : new int[] {number + 5, number + 6, -1}) {
            byte[] key = Arrays.copyOf(KeyPrefix.ofSync(other), 9);
            handles.db().put(handles.pages(), key, new byte[] {1});
            key[8] = 1;
            handles.db().put(handles.pages(), key, new byte[] {1});
          }
        });

    try (GrantStore store = open(OpenMode.READ_ONLY, "1")) {
      List<Finding> found = store.verify().findings();
      assertThat(found)
          .extracting(Finding::kind, Finding::keyspace, Finding::count)
          .containsExactly(tuple(Kind.STRAY, "pages", 3L));
    }
  }

  /** Pages that no directory counts, in the sync's own range of keys. */
  @ParameterizedTest
  @EnumSource
  void pagesBesideThoseOfASyncAreNamed(Beside beside) throws RocksDBException {
    try (GrantStore store = open(OpenMode.CREATE, "1")) {
      fill(store);
      store.startSync("next", "full", SampleGrants.STARTED);
      store.putAll("next", SampleGrants.grants(0, 50));
      store.seal("next", SampleGrants.ENDED);
      store.settle(Duration.ofMinutes(5));
    }
    change(
        handles -> {
          List<byte[]> keys = new ArrayList<>();
          try (RocksIterator it =
              handles.db().newIterator(handles.pages(), handles.readOptions())) {
            for (it.seek(KeyPrefix.ofSync(number));
                it.isValid() && KeyPrefix.syncOf(it.key()) == number;
                it.next()) {
              keys.add(it.key());
            }
          }
          for (int i = 0; i < keys.size(); i++) {
            if (PageKey.page(keys.get(i)) == PageKey.DIRECTORY) {
              byte[] key = beside.key(keys.get(i - 1), keys.get(i));
              handles.db().put(handles.pages(), key, new byte[] {1});
            }
          }
        });

    try (GrantStore store = open(OpenMode.READ_ONLY, "1")) {
      List<Finding> found = store.verify().findings();
      assertThat(found)
          .extracting(Finding::kind, Finding::syncId, Finding::keyspace, Finding::count)
          .containsExactlyInAnyOrderElementsOf(
              Keyspace.OF_GRANTS.stream()
                  .map(keyspace -> tuple(Kind.STRAY, SYNC, keyspace.label(), 1L))
                  .toList());
    }
  }

  /** Where a page is that a keyspace does not have, beside its last one and its directory. */
  enum Beside {
    RIGHT_BEHIND_THE_LAST_PAGE {
      @Override
      byte[] key(byte[] last, byte[] directory) {
        byte[] key = last.clone();
        key[key.length - 1]++;
        return key;
      }
    },
    FAR_BEHIND_THE_LAST_PAGE {
      @Override
      byte[] key(byte[] last, byte[] directory) {
        byte[] key = directory.clone();
        key[key.length - 1]--;
        return key;
      }
    },
    RIGHT_BEHIND_THE_DIRECTORY {
      @Override
      byte[] key(byte[] last, byte[] directory) {
        return Arrays.copyOf(directory, directory.length + 1);
      }
    },
    IN_A_PART_THAT_IS_NOT_THERE {
      @Override
      byte[] key(byte[] last, byte[] directory) {
        byte[] key = last.clone();
        key[5] = (byte) 0xff;
        return key;
      }
    };

    abstract byte[] key(byte[] last, byte[] directory);
  }

  @Test
  void manyThatAreMissingAreCountedAndTheFirstNamed() throws RocksDBException {
    List<Finding> found =
        found(
            handles -> {
              for (int i = 100; i < 300; i++) {
                handles
                    .db()
                    .delete(
                        handles.keyspace(Keyspace.BY_ENTITLEMENT),
                        key(Keyspace.BY_ENTITLEMENT, SampleGrants.grant(i, 0)));
              }
            });

    assertThat(found).hasSize(1);
    assertThat(found.get(0).count()).isEqualTo(200);
    assertThat(found.get(0).first()).hasSize(Verification.MOST_NAMED);
  }

  /** Among so many there are some beside which others are that an index need not have. */
  @Test
  void grantsThatAnIndexNeedNotHaveAreNotMissed() throws RocksDBException {
    List<Grant> needing =
        SampleGrants.grants(0, MANY_ROWS).stream().filter(Grant::needsExpansion).toList();
    List<Finding> found =
        found(
            MANY_ROWS,
            handles -> {
              for (Grant grant : needing) {
                handles
                    .db()
                    .delete(
                        handles.keyspace(Keyspace.NEEDS_EXPANSION),
                        key(Keyspace.NEEDS_EXPANSION, grant));
              }
            });

    assertThat(found).extracting(Finding::kind).containsExactly(Kind.MISSING);
    assertThat(found.get(0).count()).isEqualTo(needing.size());
  }

  @Test
  void pagesThatAreMissingOrDamagedAreNamed() throws RocksDBException {
    try (GrantStore store = open(OpenMode.CREATE, "1")) {
      fill(store);
    }
    change(
        handles -> {
          int page = 0;
          try (RocksIterator it =
              handles.db().newIterator(handles.pages(), handles.readOptions())) {
            for (it.seekToFirst(); it.isValid(); it.next()) {
              if (page == 1) {
                handles.db().delete(handles.pages(), it.key());
              } else if (page == 3) {
                byte[] damaged = it.value();
                damaged[damaged.length / 2] ^= 4;
                handles.db().put(handles.pages(), it.key(), damaged);
              }
              page++;
            }
          }
        });

    try (GrantStore store = open(OpenMode.READ_ONLY, "1")) {
      List<Finding> found = store.verify().findings();
      assertThat(found).hasSize(1);
      assertThat(found.get(0).kind()).isEqualTo(Kind.UNREADABLE);
      assertThat(found.get(0).count()).isEqualTo(2);
    }
  }

  private void assertFound(Change change, Finding expected) throws RocksDBException {
    assertThat(found(change)).containsExactly(expected);
  }

  /** What is found in a sealed sync of rows, once it is changed. */
  private List<Finding> found(Change change) throws RocksDBException {
    return found(ROWS, change);
  }

  private List<Finding> found(int rows, Change change) throws RocksDBException {
    try (GrantStore store = open(OpenMode.CREATE, "0")) {
      fill(store, rows);
    }
    change(change);
    try (GrantStore store = open(OpenMode.READ_ONLY, "0")) {
      return store.verify().findings();
    }
  }

  private void change(Change change) throws RocksDBException {
    RocksLibrary.load();
    StoreOptions options = Misuse.options(OpenMode.OPEN);
    try (RocksHandles handles =
        RocksHandles.open(folder.resolve("store/db"), options, RocksSettings.of(options), false)) {
      number = StoredRows.catalog(handles).require(SYNC).number();
      change.to(handles);
    }
  }

  private static Finding finding(Kind kind, Keyspace keyspace, long count, String first) {
    return new Finding(kind, SYNC, keyspace.label(), count, List.of(first));
  }

  private static void fill(GrantStore store) {
    fill(store, ROWS);
  }

  private static void fill(GrantStore store, int rows) {
    store.startSync(SYNC, "full", SampleGrants.STARTED);
    store.putAll(SYNC, SampleGrants.grants(0, rows));
    store.seal(SYNC, SampleGrants.ENDED);
    store.settle(Duration.ofMinutes(5));
  }

  private GrantStore open(OpenMode mode, String packed) {
    return GrantStores.open(
        "rocksdb:" + folder.resolve("store"),
        Misuse.options(mode)
            .withEngineOption("packed", packed)
            .withEngineOption("page_bytes", "600"));
  }

  private static Grant victim() {
    Grant victim = SampleGrants.grant(VICTIM, 0);
    assertThat(victim.needsExpansion()).isTrue();
    return victim;
  }

  private void put(RocksHandles handles, Keyspace keyspace, Grant grant) throws RocksDBException {
    RowWriter row = row(keyspace, grant);
    ColumnFamilyHandle family = handles.keyspace(keyspace);
    byte[] value = new byte[row.value().length()];
    System.arraycopy(row.value().array(), 0, value, 0, value.length);
    handles.db().put(family, row.key().toByteArray(), value);
  }

  private byte[] key(Keyspace keyspace, Grant grant) {
    return row(keyspace, grant).key().toByteArray();
  }

  private RowWriter row(Keyspace keyspace, Grant grant) {
    CanonicalForm form = new CanonicalForm();
    form.encode(grant);
    RowWriter row = new RowWriter();
    row.grant(grant, form);
    row.row(keyspace, number);
    return row;
  }
}
