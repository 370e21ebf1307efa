package dev.grantstore.keyvalue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.grantstore.ContentDigest;
import dev.grantstore.StoreStats;
import dev.grantstore.SyncRun;
import dev.grantstore.Verification;
import dev.grantstore.Verification.Finding;
import dev.grantstore.Verification.Kind;
import dev.grantstore.codec.SyncRow;
import dev.grantstore.layout.Keyspace;
import dev.grantstore.layout.MetaKeys;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Rows of syncs that were damaged since the store was opened. */
final class StoreVerificationTest {
  private static final Instant AT = Instant.parse("2026-11-30T00:00:00Z");

  private final Map<String, SyncRow> known = new TreeMap<>();
  private final Map<String, byte[]> stored = new TreeMap<>();

  StoreVerificationTest() {
    add(row("open", 0));
    add(row("other", 1));
    add(row("sealed", 2).sealed(AT, ContentDigest.EMPTY, 0, Optional.empty()));
  }

  @Test
  void rowsThatAreAsTheyWereAreClean() {
    assertThat(verify(1).findings()).isEmpty();
    assertThat(verify(1).syncs()).isEqualTo(3);
  }

  @Test
  void aRowThatDoesNotDecodeIsNamedAndTheOthersAreRead() {
    stored.put("open", new byte[] {9});
    stored.put("sealed", new byte[] {9});
    stored.put("other", row("other", 1).plus(new ContentDigest(1, 2, 3), 0).encode());

    assertThat(verify(1).findings())
        .extracting(Finding::kind, Finding::syncId, Finding::keyspace)
        .containsExactly(
            tuple(Kind.UNREADABLE, "open", "default"),
            tuple(Kind.NOT_AS_TOLD, "other", "grants"),
            tuple(Kind.UNREADABLE, "sealed", "default"));
  }

  @Test
  void aRowThatIsGoneIsNamed() {
    stored.remove("open");
    stored.remove("sealed");

    assertThat(verify(1).findings())
        .extracting(Finding::kind, Finding::syncId, Finding::keyspace)
        .containsExactly(
            tuple(Kind.NOT_AS_TOLD, "open", "default"),
            tuple(Kind.NOT_AS_TOLD, "sealed", "default"));
  }

  @Test
  void aRowThatIsAnothersIsNamed() {
    stored.put("open", row("open", 7).encode());
    stored.put(
        "sealed",
        row("sealed", 2)
            .sealed(AT.plusSeconds(1), ContentDigest.EMPTY, 0, Optional.empty())
            .encode());

    assertThat(verify(1).findings())
        .extracting(Finding::kind, Finding::syncId, Finding::keyspace)
        .containsExactly(
            tuple(Kind.NOT_AS_TOLD, "open", "default"),
            tuple(Kind.NOT_AS_TOLD, "sealed", "default"));
  }

  @Test
  void aContainerHasNoSuchRows() {
    known.remove("open");
    known.remove("other");
    stored.clear();

    assertThat(verify(0).findings()).isEmpty();
  }

  private Verification verify(long commit) {
    SyncCatalog catalog = SyncCatalog.of(known, commit, known.size());
    KeyValueStore.Place place =
        new KeyValueStore.Place(new UUID(0, 1), Path.of("nowhere"), () -> {});
    try (KeyValueStore store = KeyValueStore.forReading(new RowsOfSyncs(), catalog, place)) {
      return store.verify();
    }
  }

  private void add(SyncRow row) {
    known.put(row.run().id(), row);
    stored.put(row.run().id(), row.encode());
  }

  private static SyncRow row(String syncId, int number) {
    SyncRun run = SyncRun.open(syncId, "", AT);
    return new SyncRow(number, run, ContentDigest.EMPTY, false, 0, Optional.empty());
  }

  /** Has rows of syncs, and no grants. */
  private final class RowsOfSyncs implements KeyValueDatabase, View {
    @Override
    public View live() {
      return this;
    }

    @Override
    public View snapshot() {
      return this;
    }

    @Override
    public boolean get(Keyspace keyspace, byte[] key, int keyLength, RowBytes value)
        throws Exception {
      byte[] found = stored.get(MetaKeys.syncId(key));
      if (found != null) {
        value.point(found);
      }
      return found != null;
    }

    @Override
    public Rows rows(Keyspace keyspace, byte[] prefix, byte[] from) {
      return new NoRows();
    }

    @Override
    public Batch begin(boolean durably) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void sync() {}

    @Override
    public StoreStats stats() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
  }

  private static final class NoRows implements Rows {
    @Override
    public boolean next(RowBytes key, RowBytes value) {
      return false;
    }

    @Override
    public void close() {}
  }
}
