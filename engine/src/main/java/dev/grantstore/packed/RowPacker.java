package dev.grantstore.packed;

import dev.grantstore.IdField;
import dev.grantstore.Utf8View;
import dev.grantstore.codec.MalformedBytesException;
import dev.grantstore.codec.RecordReader;
import dev.grantstore.codec.TupleWriter;
import dev.grantstore.layout.Keyspace;
import dev.grantstore.layout.RowReader;
import java.util.Arrays;

/**
 * Packs rows of one keyspace of a sync into pages, and ends them with their directory. Holds one
 * page and the directory. One thread.
 *
 * @param <X> how the sink fails
 */
public final class RowPacker<X extends Exception> {
  /**
   * Where pages go, in the order of their keys.
   *
   * @param <X> how it fails
   */
  public interface Sink<X extends Exception> {
    /**
     * Takes a page or directory.
     *
     * @param key its key; the sink's from now on
     * @param value its bytes; the sink's from now on
     * @throws X if it cannot be taken
     */
    void put(byte[] key, byte[] value) throws X;
  }

  private final int sync;
  private final Keyspace keyspace;
  private final int part;
  private final Sink<X> sink;
  private final RowReader row;
  private final Utf8View[] ids = new Utf8View[IdField.COUNT];
  private final PageWriter writer;
  private final PageOutput directory = new PageOutput();
  private final IdField[] keyOrder;

  /** The last key of the page before; empty before the first page. */
  private final TupleWriter lastKey = new TupleWriter();

  private final TupleWriter firstKey = new TupleWriter();
  private long rows;
  private int pages;

  /**
   * Starts without a row.
   *
   * @param sync the sync's number
   * @param keyspace whose rows
   * @param part the part's place among those of the keyspace, whose rows are in this order
   * @param pageBytes how large pages are to be, about; those of rows that share little are four
   *     times that
   * @param sink takes the pages
   */
  public RowPacker(int sync, Keyspace keyspace, int part, int pageBytes, Sink<X> sink) {
    if (part < 0 || part >= PageKey.MOST_PARTS) {
      throw new IllegalArgumentException("part is out of range: " + part);
    }
    this.sync = sync;
    this.keyspace = keyspace;
    keyOrder = keyspace.keyOrder().toArray(IdField[]::new);
    this.part = part;
    this.sink = sink;
    row = new RowReader(keyspace);
    writer = new PageWriter(pageBytes);
    for (IdField field : IdField.values()) {
      ids[field.position()] = row.id(field);
    }
    PageDirectory.begin(directory);
  }

  /**
   * Takes the next row.
   *
   * @param key the key, from the start of the array, with any sync's number; above those before it
   * @param keyLength its length
   * @param value the value, from the start of the array
   * @param valueLength its length
   * @throws X if the sink fails
   * @throws MalformedBytesException if it is no row of the keyspace
   * @throws IllegalArgumentException if it begins a page and is not above the row before
   */
  public void add(byte[] key, int keyLength, byte[] value, int valueLength)
      throws X, MalformedBytesException {
    row.read(key, keyLength, value, valueLength);
    if (writer.isFull()) {
      finishPage();
    }
    if (writer.rows() == 0) {
      separate(key, keyLength);
    }
    RecordReader record = row.record();
    writer.add(
        ids,
        record.discoveredSeconds(),
        record.discoveredNanos(),
        record.needsExpansion(),
        value,
        record.detailsAt(),
        record.detailsLength());
    if (record.hasExpiry()) {
      writer.expire(record.expiresSeconds(), record.expiresNanos());
    }
    rows++;
  }

  /**
   * Takes a row of a page of the same keyspace.
   *
   * @param from stands on the page
   * @param at which row; above those before it
   * @throws X if the sink fails
   */
  void add(PageReader from, int at) throws X {
    if (writer.isFull()) {
      finishPage();
    }
    if (writer.rows() == 0) {
      key(from, at, firstKey);
      separate(firstKey.array(), firstKey.length());
    }
    writer.add(from, at);
    rows++;
  }

  /** {@return whether the rows taken last are some, but fewer than half of what a page has} */
  boolean isShort() {
    return writer.rows() > 0 && writer.isShort();
  }

  /**
   * Takes the rows of a page of the same keyspace that follow those taken last, so that they and
   * these become pages of as many rows each, unless these are large.
   *
   * @param from stands on the page
   * @throws X if the sink fails
   */
  void addRows(PageReader from) throws X {
    writer.spread(from.rows());
    for (int at = 0; at < from.rows(); at++) {
      add(from, at);
    }
  }

  /** Takes a page for how many rows fit. */
  void learn(Page page) {
    writer.learn(page);
  }

  /**
   * Takes a whole page of the same keyspace as it is, and ends the one before.
   *
   * @param page its bytes are changed
   * @param from stands on it
   * @throws X if the sink fails
   */
  void addPage(Page page, PageReader from) throws X {
    if (writer.rows() > 0) {
      finishPage();
    }
    key(from, 0, firstKey);
    separate(firstKey.array(), firstKey.length());
    key(from, page.rows - 1, lastKey);
    byte[] key = PageKey.ofPage(sync, keyspace, part, pages);
    PageBytes.INTS.set(page.bytes, 0, PageBytes.checksum(key, page.bytes, page.bytes.length));
    sink.put(key, page.bytes);
    rows += page.rows;
    pages++;
  }

  /**
   * Ends the part, which may be without rows.
   *
   * @return how many rows it has
   * @throws X if the sink fails
   */
  public long finish() throws X {
    if (writer.rows() > 0) {
      finishPage();
    }
    byte[] key = PageKey.ofDirectory(sync, keyspace, part);
    sink.put(key, PageDirectory.end(directory, key, rows, pages));
    return rows;
  }

  /**
   * What the first key of a page differs from the key before in is enough to find the page: behind
   * the sync's number, which may be another where the row comes from.
   */
  private void separate(byte[] key, int keyLength) {
    int length = keyLength - Integer.BYTES;
    if (pages > 0) {
      byte[] last = lastKey.array();
      int differs =
          Arrays.mismatch(key, Integer.BYTES, keyLength, last, Integer.BYTES, lastKey.length());
      length = Math.min(length, differs + 1);
      // The same key again is -1 here: neither it nor one before it can be found behind the last.
      int at = Integer.BYTES + differs;
      if (differs < 0 || (at < lastKey.length() && (key[at] & 0xff) < (last[at] & 0xff))) {
        throw new IllegalArgumentException("rows are not in the order of their keys");
      }
    }
    directory.i32(length);
    directory.bytes(key, Integer.BYTES, length);
  }

  /** Writes the key of a row of a page of the same keyspace. */
  void key(PageReader from, int at, TupleWriter into) {
    from.key(keyspace, sync, at, into);
  }

  private void finishPage() throws X {
    lastKey.reset();
    lastKey.putUnsignedInt(sync);
    for (IdField field : keyOrder) {
      writer.lastId(field.position(), lastKey);
    }
    byte[] key = PageKey.ofPage(sync, keyspace, part, pages);
    sink.put(key, writer.finish(key));
    pages++;
  }
}
