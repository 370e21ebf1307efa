package dev.grantstore.keyvalue;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.Boundaries;
import dev.grantstore.BulkLoadOptions;
import dev.grantstore.BulkPart;
import dev.grantstore.ContentDigest;
import dev.grantstore.DigestAccumulator;
import dev.grantstore.EntitlementRef;
import dev.grantstore.Grant;
import dev.grantstore.PrincipalRef;
import dev.grantstore.SyncRun;
import dev.grantstore.codec.MalformedBytesException;
import dev.grantstore.codec.SyncRow;
import dev.grantstore.layout.Keyspace;
import dev.grantstore.layout.RowReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Parts that hold the same ids, with more rows than two bytes count, or opened as the last of very
 * many, within a tiny budget: the later part wins, the later row within it, and nothing is left of
 * the others in any keyspace.
 */
final class LargeLoadTest {
  private static final BulkLoadOptions TINY =
      new BulkLoadOptions(BulkLoadOptions.MIN_MEMORY_BUDGET_BYTES, 1);
  private static final SyncRun RUN = SyncRun.open("s", "full", Instant.EPOCH);
  private static final int SYNC = 65_536;
  private static final int PARTS = 3;
  private static final int FEW = 40;
  private static final LoadWorkers WORKERS = new LoadWorkers(1);

  @TempDir Path store;

  @Test
  void laterPartsAndRowsWinOfMoreThanTwoBytesCount() {
    int rows = 66_000;
    Target target = new Target();
    try (SyncLoad load =
        SyncLoad.begin(RUN, TINY, new OperationGate("store"), target, store, new Children())) {
      List<BulkPart> parts = new ArrayList<>();
      for (int part = 0; part < PARTS; part++) {
        parts.add(load.openPart());
      }
      for (int part = PARTS - 1; part >= 0; part--) {
        fill(parts.get(part), part, rows);
      }

      ContentDigest digest = load.commit(Instant.EPOCH).digest().orElseThrow();

      assertThat(target.digests).isEqualTo(expected(rows));
      assertThat(digest).isEqualTo(target.digests.get(Keyspace.GRANTS));
    }
  }

  @Test
  void laterPartsWinHoweverManyWereOpenedBefore() throws IOException {
    for (int ordinal : Boundaries.upTo(SyncLoadPart.MAX_ORDINAL - PARTS)) {
      assertLaterWin(ordinal, 0);
    }
  }

  @Test
  void laterRowsAndPartsWinHoweverManyRowsCameBefore() throws IOException {
    for (long before : Boundaries.longs()) {
      if (before >= FEW && before <= 1L << 39) {
        assertLaterWin(0, before - FEW);
      }
    }
  }

  private void assertLaterWin(int ordinal, long before) throws IOException {
    Target target = new Target();
    try (SyncLoad load =
            SyncLoad.begin(RUN, TINY, new OperationGate("store"), target, store, new Children());
        RunCollector collector = new RunCollector(store, TINY, Runnable::run)) {
      for (int part = PARTS - 1; part >= 0; part--) {
        // The last part has none before: it wins by being opened later, and by nothing else.
        long rows = part == PARTS - 1 ? 0 : before;
        fill(new SyncLoadPart(load, collector, SYNC, ordinal + part, rows), part, FEW);
      }
      ContentDigest added = target.added(FEW);
      SyncRow row = new SyncRow(SYNC, RUN, ContentDigest.EMPTY, true);
      target.take(new MergedRows(new SortedSync(row, added, collector, store, WORKERS)));

      assertThat(target.digests)
          .as("parts before: %d, rows before: %d", ordinal, before)
          .isEqualTo(expected(FEW));
    }
  }

  /** Each part begins in the middle of the one before; of few rows each comes twice. */
  private static void fill(BulkPart part, int number, int rows) {
    for (int i = 0; i < rows; i += 1 + rows / 64) {
      part.add(grant(number * rows / 2 + i, "replaced"));
    }
    for (int i = 0; i < rows; i++) {
      part.add(grant(number * rows / 2 + i, "p" + number));
    }
    part.close();
  }

  /** {@return what each keyspace must hold} */
  private static Map<Keyspace, ContentDigest> expected(int rows) {
    Map<Keyspace, DigestAccumulator> sums = sums();
    for (int id = 0; id < rows + (PARTS - 1) * rows / 2; id++) {
      Grant grant = grant(id, "p" + Math.min(PARTS - 1, id / (rows / 2)));
      sums.forEach(
          (keyspace, sum) -> {
            if (keyspace != Keyspace.NEEDS_EXPANSION || grant.needsExpansion()) {
              sum.add(grant);
            }
          });
    }
    return digests(sums);
  }

  private static Grant grant(int id, String principal) {
    return new Grant(
        "g" + (1_000_000 + id * 7_919 % 1_000_003),
        new EntitlementRef("app", "a", "e" + id % 17),
        new PrincipalRef("user", principal),
        Instant.ofEpochSecond(id),
        (id + principal.length()) % 3 == 0,
        Optional.empty(),
        List.of(),
        List.of());
  }

  private static Map<Keyspace, DigestAccumulator> sums() {
    Map<Keyspace, DigestAccumulator> sums = new EnumMap<>(Keyspace.class);
    for (Keyspace keyspace : Keyspace.OF_GRANTS) {
      sums.put(keyspace, new DigestAccumulator());
    }
    return sums;
  }

  private static Map<Keyspace, ContentDigest> digests(Map<Keyspace, DigestAccumulator> sums) {
    Map<Keyspace, ContentDigest> digests = new EnumMap<>(Keyspace.class);
    sums.forEach((keyspace, sum) -> digests.put(keyspace, sum.digest()));
    return digests;
  }

  /** Reads all rows that come out, and adds them up by keyspace. */
  private static final class Target implements LoadTarget {
    private Map<Keyspace, ContentDigest> digests = Map.of();

    @Override
    public SyncRow reserve(SyncRun run) {
      return new SyncRow(SYNC, run, ContentDigest.EMPTY, true);
    }

    @Override
    public void unreserve(String syncId) {
      // Nothing was reserved.
    }

    @Override
    public SyncRun takeIn(SortedSync sync, Instant endedAt) {
      try {
        return sync.row().run().sealed(endedAt, take(new MergedRows(sync)));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    ContentDigest take(MergedRows merged) throws IOException {
      Map<Keyspace, DigestAccumulator> sums = sums();
      ContentDigest content =
          merged.<MalformedBytesIOException>writeTo(
              (keyspace, key, value) -> {
                RowReader row = new RowReader(keyspace);
                try {
                  row.read(key, key.length, value, value.length);
                  requireNonNull(sums.get(keyspace)).add(row.grant());
                } catch (MalformedBytesException e) {
                  throw new MalformedBytesIOException(e);
                }
              });
      digests = digests(sums);
      return content;
    }

    /** {@return the sum of all that {@link #fill} adds} */
    ContentDigest added(int rows) {
      DigestAccumulator sum = new DigestAccumulator();
      BulkPart counting =
          new BulkPart() {
            @Override
            public void add(Grant grant) {
              sum.add(grant);
            }

            @Override
            public void close() {
              // It holds nothing.
            }
          };
      for (int part = 0; part < PARTS; part++) {
        fill(counting, part, rows);
      }
      return sum.digest();
    }
  }

  private static final class MalformedBytesIOException extends IOException {
    private static final long serialVersionUID = 1L;

    MalformedBytesIOException(Throwable cause) {
      super(cause);
    }
  }
}
