package dev.grantstore.kudu;

import com.stumbleupon.async.Deferred;
import dev.grantstore.GrantStoreException;
import dev.grantstore.Reason;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.Locale;
import org.apache.kudu.client.AsyncKuduScanner;
import org.apache.kudu.client.RowResult;
import org.apache.kudu.client.RowResultIterator;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a scan, each value put together of its parts. A server that is gone or has forgotten
 * the scan is passed over: it goes on behind the last row at another. One thread at a time.
 */
final class RowScan implements AutoCloseable {
  private final AsyncKuduScanner scanner;
  private Iterator<RowResult> batch = Collections.emptyIterator();
  private @Nullable Deferred<RowResultIterator> asked;
  private int s;
  private int keyspace;
  private byte[] k = {};
  private byte[] value = {};

  RowScan(AsyncKuduScanner scanner) {
    this.scanner = scanner;
  }

  /** Asks for the first rows and does not wait for them. */
  void ask() {
    asked = scanner.nextRows();
  }

  /**
   * Moves to the next row.
   *
   * @return whether there is one
   * @throws BrokenValueException if its value is not as values are written
   * @throws Exception if the cluster fails
   */
  boolean next() throws Exception {
    RowResult first = part();
    while (first != null && first.getInt(StoreTable.P) != 0) {
      // left by a longer value whose first part was deleted
      first = part();
    }
    if (first == null) {
      return false;
    }
    s = first.getInt(StoreTable.S);
    keyspace = first.getByte(StoreTable.KS);
    k = first.getBinaryCopy(StoreTable.K);
    value = first.getBinaryCopy(StoreTable.V);
    int parts = first.getInt(StoreTable.N);
    requireParts(parts);
    if (parts > 1) {
      value = wholeValue(parts);
    }
    return true;
  }

  /**
   * As {@link #next()}, over rows without which nothing is known of the store.
   *
   * @param row what they are
   * @throws GrantStoreException with {@link Reason#DATA_LOSS} if a value is not as values are
   *     written
   */
  boolean next(String row) throws Exception {
    try {
      return next();
    } catch (BrokenValueException e) {
      throw KuduErrors.unreadable(row, k, String.valueOf(e.getMessage()));
    }
  }

  /** What a damaged row says is not made room for: parts take theirs as they come. */
  private static void requireParts(int parts) throws BrokenValueException {
    if (parts < 1 || parts > StoreLimits.MOST_PARTS) {
      throw new BrokenValueException(
          String.format(
              Locale.ROOT,
              "value has an impossible number of parts: parts=%d limit=%d",
              parts,
              StoreLimits.MOST_PARTS));
    }
  }

  private byte[] wholeValue(int parts) throws Exception {
    ByteArrayOutputStream whole = new ByteArrayOutputStream(2 * StoreLimits.PART_BYTES);
    whole.write(value);
    for (int read = 1; read < parts; read++) {
      RowResult next = part();
      if (next == null || !isOfThis(next) || next.getInt(StoreTable.P) != read) {
        throw new BrokenValueException(
            String.format(Locale.ROOT, "value lacks a part: part=%d parts=%d", read, parts));
      }
      whole.write(next.getBinaryCopy(StoreTable.V));
    }
    return whole.toByteArray();
  }

  /** Waits for the first answer, whatever it is. */
  void touch() throws Exception {
    part();
  }

  int s() {
    return s;
  }

  int keyspace() {
    return keyspace;
  }

  byte[] k() {
    return k;
  }

  byte[] value() {
    return value;
  }

  private boolean isOfThis(RowResult part) {
    return part.getInt(StoreTable.S) == s
        && part.getByte(StoreTable.KS) == keyspace
        && Arrays.equals(part.getBinaryCopy(StoreTable.K), k);
  }

  private @Nullable RowResult part() throws Exception {
    while (!batch.hasNext()) {
      if (asked == null && !scanner.hasMoreRows()) {
        return null;
      }
      Deferred<RowResultIterator> answer = asked == null ? scanner.nextRows() : asked;
      asked = null;
      batch = Cluster.await(answer);
    }
    return batch.next();
  }

  @Override
  public void close() throws Exception {
    Deferred<RowResultIterator> answer = asked;
    asked = null;
    if (answer != null) {
      Cluster.await(answer);
    }
    if (scanner.hasMoreRows() && !scanner.isClosed()) {
      Cluster.await(scanner.close());
    }
  }

  /** What is stored is not what was written; the row's key is known. */
  static final class BrokenValueException extends Exception {
    private static final long serialVersionUID = 1;

    BrokenValueException(String problem) {
      super(problem);
    }
  }
}
