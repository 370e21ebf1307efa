package dev.grantstore.packed;

import dev.grantstore.IdField;
import dev.grantstore.Utf8View;
import dev.grantstore.codec.MalformedBytesException;
import dev.grantstore.codec.RecordReader;
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
  private byte[] lastKey = new byte[256];
  private int lastKeyLength;
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
   * @param key the key, from the start of the array; above those before it
   * @param keyLength its length
   * @param value the value, from the start of the array
   * @param valueLength its length
   * @throws X if the sink fails
   * @throws MalformedBytesException if it is no row of the keyspace
   */
  public void add(byte[] key, int keyLength, byte[] value, int valueLength)
      throws X, MalformedBytesException {
    row.read(key, keyLength, value, valueLength);
    if (writer.isFull()) {
      finishPage();
    }
    if (writer.rows() == 0) {
      // What keys differ from those of the page before in is enough to find the page.
      int differs = Arrays.mismatch(key, 0, keyLength, lastKey, 0, lastKeyLength);
      int end = pages == 0 ? keyLength : Math.min(keyLength, differs + 1);
      directory.i32(end - Integer.BYTES);
      directory.bytes(key, Integer.BYTES, end - Integer.BYTES);
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
    if (lastKey.length < keyLength) {
      lastKey = new byte[2 * keyLength];
    }
    System.arraycopy(key, 0, lastKey, 0, keyLength);
    lastKeyLength = keyLength;
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

  private void finishPage() throws X {
    byte[] key = PageKey.ofPage(sync, keyspace, part, pages);
    sink.put(key, writer.finish(key));
    pages++;
  }
}
