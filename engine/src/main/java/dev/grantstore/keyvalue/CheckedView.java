package dev.grantstore.keyvalue;

import dev.grantstore.Bytes;
import dev.grantstore.CorruptionException;
import dev.grantstore.codec.MalformedBytesException;
import dev.grantstore.layout.Keyspace;
import dev.grantstore.layout.RowReader;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A view of rows that have checksums, where a key that changed must not be taken for one that was
 * never there. Whoever gets a row reads its checksum; this looks at the rows that nobody gets, and
 * whose keys say that there is nothing between them: the one before a place where nothing is found
 * or a list begins, and the one after it or where a list ends.
 *
 * <p>That is enough for one key that changed: a search compares with it or not. If not, it comes to
 * where it should. If so, and the key sends it the wrong way, all others send it back, and it ends
 * beside that row.
 */
final class CheckedView implements View {
  private static final byte[] NOTHING = {};

  private final View view;
  private final boolean isLive;

  /**
   * Looks through another view, which is closed with it.
   *
   * @param isLive whether it shows the rows as they are
   */
  CheckedView(View view, boolean isLive) {
    this.view = view;
    this.isLive = isLive;
  }

  @Override
  public boolean get(Keyspace keyspace, byte[] key, int keyLength, RowBytes value)
      throws Exception {
    boolean found = view.get(keyspace, key, keyLength, value);
    if (!found) {
      checkAround(keyspace, Arrays.copyOf(key, keyLength));
    }
    return found;
  }

  @Override
  public List<byte @Nullable []> getAll(Keyspace keyspace, List<byte[]> keys) throws Exception {
    List<byte @Nullable []> values = view.getAll(keyspace, keys);
    for (int i = 0; i < keys.size(); i++) {
      if (values.get(i) == null) {
        checkAround(keyspace, keys.get(i));
      }
    }
    return values;
  }

  @Override
  public Rows rows(Keyspace keyspace, byte[] prefix, byte[] from) throws Exception {
    Row row = new Row(keyspace);
    checkBefore(row, from);
    return new CheckedRows(row, from, view.rows(keyspace, prefix, from));
  }

  @Override
  public Rows briefRows(Keyspace keyspace, byte[] prefix, byte[] from) throws Exception {
    Row row = new Row(keyspace);
    checkBefore(row, from);
    return new CheckedRows(row, from, view.briefRows(keyspace, prefix, from));
  }

  /** A row that is there and whole is an answer; none is one only if its place is. */
  @Override
  public boolean any(Keyspace keyspace, byte[] prefix) throws Exception {
    Row row = new Row(keyspace);
    try (Rows rows = view.briefRows(keyspace, prefix, prefix)) {
      boolean found = rows.next(row.key, row.value);
      if (found || rows.endedByRow()) {
        row.check();
      }
      if (found) {
        return true;
      }
    }
    checkBefore(row, prefix);
    return false;
  }

  /** To move rows of a view that is live would look at those before through other sessions. */
  @Override
  public boolean rowsMove() {
    return !isLive && view.rowsMove();
  }

  @Override
  public boolean before(Keyspace keyspace, byte[] key, RowBytes foundKey, RowBytes foundValue)
      throws Exception {
    return view.before(keyspace, key, foundKey, foundValue);
  }

  @Override
  public void close() throws Exception {
    view.close();
  }

  private void checkAround(Keyspace keyspace, byte[] place) throws Exception {
    Row row = new Row(keyspace);
    checkBefore(row, place);
    try (Rows after = view.briefRows(keyspace, NOTHING, place)) {
      if (after.next(row.key, row.value)) {
        row.check();
        row.requireOrder(row.compareTo(place) >= 0);
      }
    }
  }

  private void checkBefore(Row row, byte[] place) throws Exception {
    if (view.before(row.keyspace, place, row.key, row.value)) {
      row.check();
      row.requireOrder(row.compareTo(place) < 0);
    }
  }

  /** A row that is looked at. */
  private static final class Row {
    final Keyspace keyspace;
    final RowBytes key = new RowBytes();
    final RowBytes value = new RowBytes();
    private final RowReader reader;

    Row(Keyspace keyspace) {
      this.keyspace = keyspace;
      reader = new RowReader(keyspace);
    }

    void check() {
      check(key, value);
    }

    void check(RowBytes ofKey, RowBytes ofValue) {
      try {
        reader.read(ofKey.array(), ofKey.length(), ofValue.array(), ofValue.length());
      } catch (MalformedBytesException e) {
        throw Failures.malformed(keyspace, ofKey.array(), ofKey.length(), e);
      }
    }

    int compareTo(RowBytes place) {
      return Arrays.compareUnsigned(key.array(), 0, key.length(), place.array(), 0, place.length());
    }

    int compareTo(byte[] place) {
      return Arrays.compareUnsigned(key.array(), 0, key.length(), place, 0, place.length);
    }

    void requireOrder(boolean isInOrder) {
      if (!isInOrder) {
        throw new CorruptionException(
            keyspace.label(),
            Bytes.copyOf(key.array(), 0, key.length()),
            "row is not in the order of the keys",
            null);
      }
    }
  }

  /** The rows of a list: each must be behind the one before, and the one behind the last whole. */
  private final class CheckedRows implements Rows {
    private final Rows rows;
    private final Row last;
    private boolean begun;

    CheckedRows(Row last, byte[] from, Rows rows) {
      this.rows = rows;
      this.last = last;
      last.key.point(from);
    }

    @Override
    public boolean next(RowBytes key, RowBytes value) throws Exception {
      boolean found = rows.next(key, value);
      if (found) {
        int order = last.compareTo(key);
        // The first may stand where the list was to begin.
        last.requireOrder(order < 0 || (order == 0 && !begun));
        begun = true;
        last.key.copy(key);
      } else if (rows.endedByRow()) {
        last.check(key, value);
      }
      return found;
    }

    @Override
    public void moveTo(byte[] prefix) throws Exception {
      checkBefore(last, prefix);
      last.key.point(prefix);
      begun = false;
      rows.moveTo(prefix);
    }

    @Override
    public boolean endedByRow() {
      return rows.endedByRow();
    }

    @Override
    public void close() throws Exception {
      rows.close();
    }
  }
}
