package dev.grantstore.keyvalue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantstore.ContentDigest;
import dev.grantstore.CorruptionException;
import dev.grantstore.GrantStoreException;
import dev.grantstore.Reason;
import dev.grantstore.SyncRun;
import dev.grantstore.codec.SyncRow;
import dev.grantstore.layout.MetaKeys;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

final class SyncLedgerTest {
  private static final ContentDigest CONTENT = new ContentDigest(3, 1, 2);

  @Test
  void theLastNumberIsGivenOutAndNoneAfterIt() {
    SyncLedger ledger = ledger(SyncLedger.MAX_NUMBERS - 1);
    SyncRow last = ledger.newRow(run("last"));
    assertThat(last.number()).isEqualTo(Integer.MAX_VALUE - 1);
    ledger.show(ledger.catalog().with(last));

    assertRefused(Reason.UNSUPPORTED, () -> ledger.newRow(run("more")));
    assertRefused(Reason.UNSUPPORTED, () -> ledger.reserve(run("more")));
    assertThat(ledger.catalog().nextNumberValue()).containsExactly(0x7f, 0xff, 0xff, 0xff);
  }

  @Test
  void aLoadTakesTheLastNumber() {
    SyncLedger ledger = ledger(SyncLedger.MAX_NUMBERS - 1);

    assertThat(ledger.reserve(run("last")).number()).isEqualTo(Integer.MAX_VALUE - 1);
    assertRefused(Reason.UNSUPPORTED, () -> ledger.newRow(run("more")));
  }

  @Test
  void aStoredNumberThatWasNeverGivenOutIsCorruption() {
    byte[] tooLarge = ByteBuffer.allocate(Integer.BYTES).putInt(Integer.MIN_VALUE).array();

    assertThatThrownBy(() -> new CatalogRows().catalog(null, tooLarge))
        .isInstanceOf(CorruptionException.class)
        .hasMessageContaining("out of range");
  }

  @Test
  void whatAnOpenSyncHoldsIsKnownToTheWriterAndCopiesNoRows() {
    SyncLedger ledger = ledger(0);
    SyncRow row = ledger.newRow(run("s"));
    ledger.show(ledger.catalog().with(row));
    SyncCatalog before = ledger.catalog();

    ledger.show(before.next());
    ledger.stored(row.plus(CONTENT, 1));

    assertThat(ledger.requireOpen("s").content()).isEqualTo(CONTENT);
    assertThat(ledger.catalog().rows()).isSameAs(before.rows());
    assertThat(ledger.catalog().commit()).isEqualTo(before.commit() + 1);
  }

  @Test
  void anotherSyncOfTheSameIdStartsEmpty() {
    SyncLedger ledger = ledger(0);
    SyncRow first = ledger.newRow(run("s"));
    ledger.show(ledger.catalog().with(first));
    ledger.stored(first.plus(CONTENT, 1));
    ledger.show(ledger.catalog().without("s"));

    SyncRow second = ledger.newRow(run("s"));
    ledger.show(ledger.catalog().with(second));

    assertThat(second.number()).isEqualTo(1);
    assertThat(ledger.requireOpen("s").content()).isEqualTo(ContentDigest.EMPTY);
  }

  @Test
  void aReservedIdIsFreeWhenTheLoadEnds() {
    SyncLedger ledger = ledger(5);
    ledger.reserve(run("s"));
    assertRefused(Reason.SYNC_EXISTS, () -> ledger.newRow(run("s")));
    assertRefused(Reason.SYNC_EXISTS, () -> ledger.reserve(run("s")));
    assertRefused(Reason.SYNC_UNKNOWN, () -> ledger.requireOpen("s"));

    ledger.unreserve("s");

    assertThat(ledger.newRow(run("s")).number()).as("no number twice").isEqualTo(6);
  }

  @Test
  void aLoadingSyncIsNotSeen() {
    CatalogRows rows = new CatalogRows();
    SyncRow loading = new SyncRow(4, run("s"), ContentDigest.EMPTY, true);
    rows.add(MetaKeys.sync("s"), loading.encode());
    SyncCatalog catalog = rows.catalog(null, number(5));

    assertThat(catalog.visible()).isEmpty();
    assertThat(catalog.find("s")).isEmpty();
    assertRefused(Reason.SYNC_UNKNOWN, () -> catalog.require("s"));
    assertRefused(Reason.SYNC_UNKNOWN, () -> catalog.isStill(loading));
    assertThat(catalog.rows()).containsOnlyKeys("s");
  }

  @Test
  void aSyncWithANumberThatWasNeverGivenOutIsCorruption() {
    CatalogRows rows = new CatalogRows();
    rows.add(MetaKeys.sync("s"), new SyncRow(4, run("s"), CONTENT, false).encode());

    assertThatThrownBy(() -> rows.catalog(null, null)).isInstanceOf(CorruptionException.class);
    assertThatThrownBy(() -> rows.catalog(null, number(4)))
        .isInstanceOf(CorruptionException.class)
        .hasMessageContaining("number=4 next=4");
    assertThat(rows.catalog(null, number(5)).nextNumber()).isEqualTo(5);
  }

  @Test
  void twoSyncsWithOneNumberAreCorruption() {
    CatalogRows rows = new CatalogRows();
    rows.add(MetaKeys.sync("s"), new SyncRow(4, run("s"), CONTENT, false).encode());
    rows.add(MetaKeys.sync("t"), new SyncRow(4, run("t"), CONTENT, false).encode());

    assertThatThrownBy(() -> rows.catalog(null, number(9))).isInstanceOf(CorruptionException.class);
  }

  @Test
  void hidingASyncIsNoWrite() {
    SyncLedger ledger = ledger(3);
    ledger.show(ledger.catalog().with(ledger.newRow(run("s"))));

    SyncCatalog hidden = ledger.catalog().hiding("s");

    assertThat(hidden.rows()).isEmpty();
    assertThat(hidden.commit()).isEqualTo(ledger.catalog().commit());
    assertThat(hidden.nextNumber()).isEqualTo(4);
  }

  private static SyncLedger ledger(int nextNumber) {
    return new SyncLedger(new CatalogRows().catalog(null, number(nextNumber)));
  }

  private static byte[] number(int number) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
  }

  private static SyncRun run(String id) {
    return SyncRun.open(id, "full", Instant.EPOCH);
  }

  private static void assertRefused(Reason reason, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            GrantStoreException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }
}
