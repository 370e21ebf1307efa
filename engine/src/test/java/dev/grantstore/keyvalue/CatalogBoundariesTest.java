package dev.grantstore.keyvalue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.Boundaries;
import dev.grantstore.CanonicalForm;
import dev.grantstore.ContentDigest;
import dev.grantstore.GrantQuery;
import dev.grantstore.SyncRun;
import dev.grantstore.codec.ExampleGrant;
import dev.grantstore.codec.SyncRow;
import dev.grantstore.codec.TupleWriter;
import dev.grantstore.layout.KeyPrefix;
import dev.grantstore.layout.Keyspace;
import dev.grantstore.layout.MetaKeys;
import dev.grantstore.layout.RowWriter;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The numbers of syncs and writes, where they take another byte. */
final class CatalogBoundariesTest {
  private static final SyncRun RUN = SyncRun.open("s", "full", Instant.EPOCH);

  @TempDir Path folder;

  /** A sync's rows are from its number's key on and before the next one's, in every keyspace. */
  @Test
  void theKeysOfASyncBeginWithItsNumberAndAreItsOwn() {
    CanonicalForm form = new CanonicalForm();
    form.encode(ExampleGrant.GRANT);
    RowWriter rows = new RowWriter();
    rows.grant(ExampleGrant.GRANT, form);
    TupleWriter prefix = new TupleWriter();
    for (int number : Boundaries.upTo(SyncLedger.MAX_NUMBERS - 1)) {
      byte[] first = KeyPrefix.ofSync(number);
      byte[] next = KeyPrefix.ofSync(number + 1);
      assertThat(first).isEqualTo(Boundaries.bigEndian(BigInteger.valueOf(number), 4));
      for (Keyspace keyspace : Keyspace.OF_GRANTS) {
        rows.row(keyspace, number);
        byte[] key = rows.key().toByteArray();
        assertThat(Arrays.compareUnsigned(first, key)).isNegative();
        assertThat(Arrays.compareUnsigned(key, next)).isNegative();
        assertThat(Arrays.copyOf(key, first.length)).isEqualTo(first);
      }
      KeyPrefix.write(new GrantQuery.Scan("s"), number, prefix);
      assertThat(prefix.toByteArray()).isEqualTo(first);
      KeyPrefix.grant(number, "g", prefix);
      assertThat(Arrays.copyOf(prefix.toByteArray(), first.length)).isEqualTo(first);
    }
  }

  @Test
  void whatIsStoredOfACatalogComesBack() {
    for (int next : Boundaries.upTo(Integer.MAX_VALUE)) {
      for (long commit : Boundaries.longs()) {
        if (commit >= 0) {
          SyncCatalog catalog = SyncCatalog.of(Map.of(), commit, next);
          assertThat(catalog.commitValue())
              .isEqualTo(Boundaries.bigEndian(BigInteger.valueOf(commit), 8));
          assertThat(catalog.nextNumberValue())
              .isEqualTo(Boundaries.bigEndian(BigInteger.valueOf(next), 4));
          SyncCatalog read =
              new CatalogRows().catalog(catalog.commitValue(), catalog.nextNumberValue());
          assertThat(read.commit()).isEqualTo(commit);
          assertThat(read.nextNumber()).isEqualTo(next);
        }
      }
    }
  }

  /** Numbers go up by one, each once, whatever is put, sealed, dropped or reserved between. */
  @Test
  void numbersAreGivenOutOnceAcrossEveryBoundary() {
    for (int first : Boundaries.upTo(SyncLedger.MAX_NUMBERS - 4)) {
      SyncLedger ledger = new SyncLedger(SyncCatalog.of(Map.of(), 1, first));
      SyncRow one = ledger.newRow(RUN);
      assertThat(one.number()).isEqualTo(first);
      ledger.show(ledger.catalog().with(one));
      SyncRow two = ledger.reserve(SyncRun.open("t", "full", Instant.EPOCH));
      assertThat(two.number()).isEqualTo(first + 1);
      ledger.show(ledger.catalog().with(one).with(two));
      assertThat(ledger.catalog().nextNumber()).isEqualTo(first + 2);
      ledger.show(ledger.catalog().without("t"));
      ledger.unreserve("t");
      assertThat(ledger.newRow(SyncRun.open("u", "", Instant.EPOCH)).number()).isEqualTo(first + 2);

      CatalogRows stored = new CatalogRows();
      stored.add(MetaKeys.sync("s"), one.encode());
      SyncCatalog read = stored.catalog(null, ledger.catalog().nextNumberValue());
      assertThat(read.require("s").number()).isEqualTo(first);
      assertThat(read.nextNumber()).isEqualTo(first + 2);
    }
  }

  @Test
  void contentOfAnySizeIsKeptByNumber() {
    for (int number : Boundaries.upTo(SyncLedger.MAX_NUMBERS - 1)) {
      SyncRow row = new SyncRow(number, RUN, ContentDigest.EMPTY, false);
      SyncLedger ledger = new SyncLedger(SyncCatalog.of(Map.of("s", row), 1, number + 1));
      for (long count : Boundaries.longs()) {
        if (count >= 0) {
          ContentDigest content = new ContentDigest(count, -count, ~count);
          ledger.stored(row.plus(content, 0));
          assertThat(ledger.requireOpen("s").content()).isEqualTo(content);
        }
      }
    }
  }

  @Test
  void theMarkOfEveryWriteIsRead() throws IOException {
    UUID store = new UUID(1, 2);
    for (long commit : Boundaries.longs()) {
      if (commit > 0) {
        Path place = Files.createDirectory(folder.resolve("c" + commit));
        DurableMark.of(place, 1).write(store, commit, "note " + commit);
        DurableMark read = DurableMark.of(place, 1);
        read.read(dev.grantstore.layout.FormatVersion.MARKED);
        assertThat(read.commit()).isEqualTo(commit);
        assertThat(read.note()).contains("note " + commit);
        read.check(store, commit);
      }
    }
  }

  @Test
  void theFoldersOfAbandonedLoadsAreFoundByTheirNumbers() throws IOException {
    List<Integer> numbers = Boundaries.upTo(Integer.MAX_VALUE);
    for (int number : numbers) {
      Files.createDirectory(LoadFolder.of(folder, number));
    }
    Path other = Files.createDirectory(folder.resolve("bulk-"));

    LoadFolder.deleteAbandoned(folder);

    assertThat(folder).isDirectoryContaining(other::equals);
    for (int number : numbers) {
      assertThat(LoadFolder.of(folder, number)).doesNotExist();
    }
  }
}
