package dev.grantstore.keyvalue;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.BulkLoad;
import dev.grantstore.BulkLoadOptions;
import dev.grantstore.BulkPart;
import dev.grantstore.CanonicalForm;
import dev.grantstore.Grant;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStoreException;
import dev.grantstore.GrantStores;
import dev.grantstore.OpenMode;
import dev.grantstore.Reason;
import dev.grantstore.StoreOptions;
import dev.grantstore.SyncRun;
import dev.grantstore.codec.ValueForm;
import dev.grantstore.folder.FolderTree;
import dev.grantstore.layout.Keyspace;
import dev.grantstore.layout.MetaKeys;
import dev.grantstore.layout.RowWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * F2: No flipped bit of a stored row makes a wrong answer, where the engine's files have no
 * checksums of their own. Another bit each time, in the file of a closed store; then every question
 * is answered as before, or the store says that it is damaged. {@code -Dtests.deep} tries many
 * more, {@code -Dtests.damage.seed=S} others.
 */
final class RowDamageTest {
  private static final int FLIPS = Boolean.getBoolean("tests.deep") ? 4_000 : 40;
  private static final long SEED = Long.getLong("tests.damage.seed", 1);
  private static final int GRANTS = 60;
  private static final int LEAST_SYNC_BYTES = 30;
  private static final int TIMES_A_SYNC = 20;

  @TempDir private Path folder;

  private final Answers answers = new Answers();

  /** Where a row stands in the file: the key, and right behind it the value. */
  private record Place(String what, int at, int bytes) {}

  @ParameterizedTest
  @CsvSource({"sqlite, READ_ONLY, ''", "lmdb, READ_ONLY, ''", "lmdb, OPEN, check_pages_up_to"})
  void aFlippedBitOfARowIsNeverAWrongAnswer(String engine, OpenMode mode, String unchecked)
      throws IOException {
    StoreOptions options = StoreOptions.of(mode);
    if (!unchecked.isEmpty()) {
      options = options.withEngineOption(unchecked, "0");
    }
    Path store = folder.resolve("store");
    Map<String, Object> right = make(engine, store);
    String name = engine.equals("sqlite") ? "grants.db" : "grants.mdb";
    byte[] file = Files.readAllBytes(store.resolve(name));
    List<Place> places = places(file, right);
    SplittableRandom random = new SplittableRandom(SEED);
    Map<String, Integer> silent = new TreeMap<>();
    int told = 0;
    for (int flip = 0; flip < FLIPS; flip++) {
      Place place = places.get(random.nextInt(places.size()));
      byte[] damaged = file.clone();
      int bit = random.nextInt(place.bytes() * Byte.SIZE);
      damaged[place.at() + bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
      Path copy = folder.resolve("copy");
      FolderTree.delete(copy);
      Folders.copy(store, copy);
      Files.write(copy.resolve(name), damaged);
      boolean isTold = false;
      for (Map.Entry<String, Object> answer : ask(engine + ":" + copy, options).entrySet()) {
        isTold |= answer.getValue().equals(Answers.TOLD);
        if (!answer.getValue().equals(Answers.TOLD)
            && !answer.getValue().equals(right.get(answer.getKey()))) {
          silent.merge(
              place.what() + ": " + answer.getKey().replaceAll("^(\\w+ ?\\w*).*", "$1"),
              1,
              Integer::sum);
        }
      }
      told += isTold ? 1 : 0;
    }
    System.out.printf(
        Locale.ROOT,
        "damaged rows: engine=%s mode=%s flips=%d told=%d silent=%s seed=%d%n",
        engine,
        mode,
        FLIPS,
        told,
        silent,
        SEED);
    assertThat(silent).as("wrong answers, seed=%d", SEED).isEmpty();
    assertThat(told).isGreaterThan(FLIPS / 4);
  }

  /** What a store answers; nothing but that it is damaged, if it does not open. */
  private Map<String, Object> ask(String address, StoreOptions options) {
    try (GrantStore opened = GrantStores.open(address, options)) {
      return answers.of(opened);
    } catch (GrantStoreException e) {
      assertThat(e.reason()).isEqualTo(Reason.CORRUPTION);
      return Map.of("open", Answers.TOLD);
    }
  }

  private Map<String, Object> make(String engine, Path store) {
    String address = engine + ":" + store;
    try (GrantStore made = GrantStores.open(address, StoreOptions.of(OpenMode.CREATE))) {
      made.startSync("sealed", "full", EarlierFormatStore.NOW);
      made.putAll("sealed", grants("u"));
      made.seal("sealed", EarlierFormatStore.NOW);
      try (BulkLoad load =
          made.bulkLoad("loaded", "full", EarlierFormatStore.NOW, BulkLoadOptions.defaults())) {
        try (BulkPart part = load.openPart()) {
          grants("v").forEach(part::add);
        }
        load.commit(EarlierFormatStore.NOW);
      }
      made.startSync("open", "full", EarlierFormatStore.NOW);
      made.putAll("open", grants("w"));
    }
    for (String sync : List.of("sealed", "loaded", "open")) {
      List<Grant> asked = new ArrayList<>();
      asked.addAll(grants("u"));
      asked.addAll(EarlierFormatStore.grants(GRANTS, GRANTS + 5, "u"));
      asked.addAll(grants("v"));
      asked.addAll(grants("w"));
      answers.ask(sync, asked);
    }
    try (GrantStore made = GrantStores.open(address, StoreOptions.of(OpenMode.OPEN))) {
      return answers.of(made);
    }
  }

  private static List<Grant> grants(String principal) {
    return EarlierFormatStore.grants(0, GRANTS, principal);
  }

  /** Every place in the file where a row stands, also where it is no longer read. */
  private static List<Place> places(byte[] file, Map<String, Object> right) {
    String text = new String(file, StandardCharsets.ISO_8859_1);
    List<Place> places = new ArrayList<>();
    RowWriter rows = new RowWriter(ValueForm.CHECKED);
    CanonicalForm form = new CanonicalForm();
    int number = FirstSyncNumber.get();
    for (String principal : List.of("u", "v", "w")) {
      for (Grant grant : grants(principal)) {
        form.encode(grant);
        rows.grant(grant, form);
        for (Keyspace keyspace : Keyspace.OF_GRANTS) {
          if (keyspace.includes(grant)) {
            rows.row(keyspace, number);
            byte[] row =
                Arrays.copyOf(rows.key().array(), rows.key().length() + rows.value().length());
            System.arraycopy(
                rows.value().array(), 0, row, rows.key().length(), rows.value().length());
            int before = places.size();
            find(text, keyspace.label(), row, places);
            assertThat(places.size()).as("%s %s", keyspace, grant).isGreaterThan(before);
          }
        }
      }
      number++;
    }
    @SuppressWarnings("unchecked")
    List<SyncRun> syncs = (List<SyncRun>) requireNonNull(right.get("syncs"));
    for (SyncRun sync : syncs) {
      byte[] key = MetaKeys.sync(sync.id());
      List<Place> keys = new ArrayList<>();
      find(text, "sync", key, keys);
      // The value is longer than that, whatever it says. These few rows are hit often.
      for (Place found : keys) {
        Place row = new Place(found.what(), found.at(), key.length + LEAST_SYNC_BYTES);
        places.addAll(Collections.nCopies(TIMES_A_SYNC, row));
      }
    }
    return places;
  }

  private static void find(String file, String what, byte[] row, List<Place> places) {
    String bytes = new String(row, StandardCharsets.ISO_8859_1);
    for (int at = file.indexOf(bytes); at >= 0; at = file.indexOf(bytes, at + 1)) {
      places.add(new Place(what, at, row.length));
    }
  }
}
