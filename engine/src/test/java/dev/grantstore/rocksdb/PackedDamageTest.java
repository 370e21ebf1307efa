package dev.grantstore.rocksdb;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.CorruptionException;
import dev.grantstore.Grant;
import dev.grantstore.GrantCursor;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStores;
import dev.grantstore.OpenMode;
import dev.grantstore.StoreOptions;
import dev.grantstore.codec.SyncRow;
import dev.grantstore.layout.Keyspace;
import dev.grantstore.packed.PackedKeyspace;
import dev.grantstore.packed.PackedSync;
import dev.grantstore.packed.PageReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.TableProperties;

/**
 * A bit that flips in a stored page is noticed by RocksDB, and where RocksDB's own checksum is
 * right by ours: no answer is wrong. {@code -Dtests.damage=N} flips N bits each; 2,000 in the deep
 * tier.
 */
final class PackedDamageTest {
  private static final int FLIPS =
      Integer.getInteger("tests.damage", Boolean.getBoolean("tests.deep") ? 2_000 : 40);
  private static final long SEED = Long.getLong("tests.damage.seed", 1);
  private static final String SYNC = "sync";
  private static final int ROWS = 300;
  private static final StoreOptions OPTIONS = Misuse.options(OpenMode.OPEN);

  @TempDir Path folder;

  private Path store;

  @BeforeEach
  void fill() {
    store = folder.resolve("store");
    try (GrantStore made =
        GrantStores.open(
            "rocksdb:" + store,
            Misuse.options(OpenMode.CREATE).withEngineOption("page_bytes", "600"))) {
      made.startSync(SYNC, "full", SampleGrants.STARTED);
      made.putAll(SYNC, SampleGrants.grants(0, ROWS));
      made.seal(SYNC, SampleGrants.ENDED);
      made.settle(Duration.ofMinutes(5));
    }
  }

  @Test
  void aFlippedBitInABlockOfPagesIsNeverAWrongAnswer() throws Exception {
    List<Map.Entry<Path, Long>> blocks = dataBlocks();
    assertThat(blocks).isNotEmpty();
    Map<GrantQuery, List<Grant>> right = lists();
    SplittableRandom random = new SplittableRandom(SEED);
    int noticed = 0;
    for (int flip = 0; flip < FLIPS; flip++) {
      Map.Entry<Path, Long> file = blocks.get(random.nextInt(blocks.size()));
      long position = random.nextLong(file.getValue());
      int bit = 1 << random.nextInt(8);
      flip(file.getKey(), position, bit);
      noticed += readStore(right) ? 1 : 0;
      flip(file.getKey(), position, bit);
    }
    tell("in blocks", noticed);
    assertThat(readStore(right)).as("whole again").isFalse();
  }

  @Test
  void aFlippedBitInAPageWithARightBlockIsNeverAWrongAnswer() throws Exception {
    RocksLibrary.load();
    RocksSettings settings = RocksSettings.of(OPTIONS);
    SplittableRandom random = new SplittableRandom(SEED);
    int noticed = 0;
    try (RocksHandles handles = RocksHandles.open(store.resolve("db"), OPTIONS, settings, false)) {
      SyncRow row = StoredRows.catalog(handles).require(SYNC);
      List<byte[]> keys = new ArrayList<>();
      List<byte[]> values = new ArrayList<>();
      try (RocksIterator it = handles.db().newIterator(handles.pages(), handles.readOptions())) {
        for (it.seekToFirst(); it.isValid(); it.next()) {
          keys.add(it.key());
          values.add(it.value());
        }
        it.status();
      }
      assertThat(keys).hasSizeGreaterThan(20);
      List<Grant> right = rows(handles, row);
      for (int flip = 0; flip < FLIPS; flip++) {
        int page = random.nextInt(keys.size());
        byte[] damaged = values.get(page).clone();
        damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
        handles.db().put(handles.pages(), keys.get(page), damaged);
        try {
          assertThat(rows(handles, row)).as("page %d, seed %d", page, SEED).isEqualTo(right);
        } catch (CorruptionException e) {
          noticed++;
        }
        handles.db().put(handles.pages(), keys.get(page), values.get(page));
      }
      assertThat(rows(handles, row)).as("whole again").isEqualTo(right);
    }
    tell("below blocks", noticed);
  }

  private static void tell(String where, int noticed) {
    System.out.printf(
        Locale.ROOT,
        "flipped bits of pages %s: tried=%d noticed=%d silent=0 seed=%d%n",
        where,
        FLIPS,
        noticed,
        SEED);
    assertThat(noticed).isEqualTo(FLIPS);
  }

  /** Every row that the pages of every keyspace give, read as pages are. */
  private static List<Grant> rows(RocksHandles handles, SyncRow row) throws Exception {
    PackedSync sync = requireNonNull(new RocksPages(handles).live(row));
    PageReader reader = new PageReader();
    List<Grant> rows = new ArrayList<>();
    for (Keyspace keyspace : Keyspace.OF_GRANTS) {
      PackedKeyspace pages = sync.keyspace(keyspace);
      for (int number = 0; number < pages.pages(); number++) {
        reader.open(pages.page(number));
        for (int i = 0; i < reader.rows(); i++) {
          rows.add(reader.grant(i));
        }
      }
    }
    return rows;
  }

  /** Whether damage was noticed; every answer that is given is right. */
  private boolean readStore(Map<GrantQuery, List<Grant>> right) {
    boolean noticed = false;
    try (GrantStore damaged = open()) {
      for (Map.Entry<GrantQuery, List<Grant>> list : right.entrySet()) {
        try {
          assertThat(list(damaged, list.getKey()))
              .as("%s", list.getKey())
              .isEqualTo(list.getValue());
        } catch (CorruptionException e) {
          noticed = true;
        }
      }
      for (int i = 0; i < ROWS; i += 3) {
        Grant grant = SampleGrants.grant(i, 0);
        try {
          assertThat(damaged.get(SYNC, grant.id())).hasValue(grant);
          assertThat(damaged.get(SYNC, grant.id() + "0")).isEmpty();
          assertThat(damaged.holds(SYNC, grant.principal(), grant.entitlement())).isTrue();
        } catch (CorruptionException e) {
          noticed = true;
        }
      }
    } catch (CorruptionException e) {
      return true;
    }
    return noticed;
  }

  private Map<GrantQuery, List<Grant>> lists() {
    Map<GrantQuery, List<Grant>> lists = new LinkedHashMap<>();
    try (GrantStore whole = open()) {
      List<GrantQuery> queries = new ArrayList<>();
      queries.add(new GrantQuery.Scan(SYNC));
      queries.add(new GrantQuery.NeedingExpansion(SYNC));
      for (int i = 0; i < 41; i++) {
        queries.add(new GrantQuery.ByEntitlement(SYNC, SampleGrants.entitlement(i)));
        queries.add(new GrantQuery.ByPrincipal(SYNC, SampleGrants.principal(i)));
      }
      queries.forEach(query -> lists.put(query, list(whole, query)));
    }
    return lists;
  }

  private static List<Grant> list(GrantStore read, GrantQuery query) {
    List<Grant> rows = new ArrayList<>();
    try (GrantCursor cursor = read.cursor(query)) {
      while (cursor.next()) {
        rows.add(cursor.grant());
      }
    }
    return rows;
  }

  private GrantStore open() {
    return GrantStores.open("rocksdb:" + store, Misuse.options(OpenMode.READ_ONLY));
  }

  /** The files that hold pages, and how long their data blocks are, which come first. */
  private List<Map.Entry<Path, Long>> dataBlocks() throws RocksDBException {
    RocksLibrary.load();
    List<Map.Entry<Path, Long>> blocks = new ArrayList<>();
    try (RocksHandles handles =
        RocksHandles.open(store.resolve("db"), OPTIONS, RocksSettings.of(OPTIONS), false)) {
      for (Map.Entry<String, TableProperties> file :
          handles.db().getPropertiesOfAllTables(handles.pages()).entrySet()) {
        blocks.add(Map.entry(Path.of(file.getKey()), file.getValue().getDataSize()));
      }
    }
    return blocks;
  }

  private static void flip(Path file, long position, int bit) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      ByteBuffer one = ByteBuffer.allocate(1);
      channel.read(one, position);
      one.put(0, (byte) (one.get(0) ^ bit)).flip();
      channel.write(one, position);
    }
  }
}
