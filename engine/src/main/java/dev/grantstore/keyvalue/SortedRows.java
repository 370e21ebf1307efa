package dev.grantstore.keyvalue;

import dev.grantstore.BulkLoadOptions;
import dev.grantstore.BulkPart;
import dev.grantstore.ContentDigest;
import dev.grantstore.GrantCursor;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantReader;
import dev.grantstore.GrantStoreException;
import dev.grantstore.SyncRun;
import dev.grantstore.codec.SyncRow;
import dev.grantstore.layout.Keyspace;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;

/**
 * The rows of a sync that any store gives, sorted anew: keyspace by keyspace, in the order of their
 * keys. What a list by entitlement or principal holds there is not looked at. Stateless.
 */
public final class SortedRows {
  /** Takes rows. One thread. */
  public interface Sink {
    /**
     * Takes a row.
     *
     * @param keyspace where it belongs; each once, in the order of {@link Keyspace#OF_GRANTS}
     * @param key its key; the sink's from now on
     * @param value its value, without a checksum; the sink's from now on
     */
    void row(Keyspace keyspace, byte[] key, byte[] value);
  }

  private SortedRows() {}

  /**
   * Sorts the rows of a sync.
   *
   * @param from read by one scan
   * @param run the sync
   * @param number the sync's number in the keys
   * @param folder where temporary files go; none stays
   * @param options how much memory to use, and how many threads
   * @param sink takes the rows
   * @return what the grants add up to
   * @throws GrantStoreException if the store or the sink fails, or the disk
   */
  public static ContentDigest of(
      GrantReader from, SyncRun run, int number, Path folder, BulkLoadOptions options, Sink sink) {
    Target target = new Target(number, sink);
    SyncRun copy = SyncRun.open(run.id(), run.type(), run.startedAt());
    OperationGate gate = new OperationGate("sort");
    try (SyncLoad load = SyncLoad.begin(copy, options, gate, target, folder, new Children())) {
      try (BulkPart part = load.openPart();
          GrantCursor cursor = from.cursor(new GrantQuery.Scan(run.id()))) {
        while (cursor.next()) {
          part.add(cursor.grant());
        }
      }
      return load.commit(run.startedAt()).digest().orElseThrow();
    }
  }

  /** A load that goes nowhere but to the sink. */
  private record Target(int number, Sink sink) implements LoadTarget {
    @Override
    public SyncRow reserve(SyncRun run) {
      return new SyncRow(number, run, ContentDigest.EMPTY, true);
    }

    @Override
    public void unreserve(String syncId) {}

    @Override
    public SyncRun takeIn(SortedSync sync, Instant endedAt) throws IOException {
      return sync.row().run().sealed(endedAt, new MergedRows(sync).writeTo(sink::row));
    }
  }
}
