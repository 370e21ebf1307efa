package dev.grantstore.packed;

import dev.grantstore.CorruptionException;
import dev.grantstore.codec.MalformedBytesException;
import dev.grantstore.codec.TupleWriter;
import dev.grantstore.layout.Keyspace;
import java.io.IOException;
import java.util.Arrays;

/**
 * Writes one keyspace of a packed sync anew with some rows less and some more. Of a page that one
 * of them falls into the rows that stay are packed again, one such page after the other. What is
 * left at their end, if it is less than half a page, takes the next page along: its rows are packed
 * again too, into one page or some of as many rows each, so that pages do not become shorter with
 * each fold. Every other page is copied as it is, and its rows are not looked at. Of use once, by
 * one thread.
 */
public final class PageFold {
  /** Rows that go and rows that come, in the order of their keys; of one key first what goes. */
  public interface Changes {
    /**
     * {@return whether there is another, on which this stands now}
     *
     * @throws IOException if it cannot be read
     */
    boolean next() throws IOException;

    /** {@return whether it is one that goes; its value does not matter then} */
    boolean goes();

    /** {@return its key, under any number of a sync; the caller's from now on} */
    byte[] key();

    /** {@return its value, without a checksum} */
    byte[] value();
  }

  private final Keyspace keyspace;
  private final PackedKeyspace base;
  private final Changes changes;
  private final RowPacker<? extends Exception> packer;
  private final PageReader reader = new PageReader();
  private final RowIds ids;

  /** The key of the row that is not taken yet: of many changes before it none is looked up. */
  private final TupleWriter rowKey = new TupleWriter();

  private boolean hasChange;

  /** The key of the change that comes next, if there is one. */
  private byte[] changeKey = {};

  /**
   * Prepares it.
   *
   * @param keyspace which one
   * @param base its pages as they are
   * @param changes what goes must be there, and what comes must not
   * @param packer takes all rows; ended by the caller
   */
  public PageFold(
      Keyspace keyspace,
      PackedKeyspace base,
      Changes changes,
      RowPacker<? extends Exception> packer) {
    this.keyspace = keyspace;
    this.base = base;
    this.changes = changes;
    this.packer = packer;
    ids = new RowIds(keyspace);
  }

  /**
   * Writes all rows.
   *
   * @throws CorruptionException if a page is damaged or missing, or has not the rows that go, or
   *     those that come
   * @throws PagesGoneException if one is missing, and may be so since the sync is gone
   * @throws Exception if a page cannot be read or taken
   */
  public void run() throws Exception {
    nextChange();
    boolean isBehindChange = false;
    for (int number = 0; number < base.pages(); number++) {
      Page page = base.readAlone(number);
      reader.open(page);
      if (isIn(number)) {
        packer.learn(page);
        change(page, number);
        isBehindChange = true;
      } else {
        if (isBehindChange && packer.isShort()) {
          packer.addRows(reader);
        } else {
          packer.addPage(page, reader);
        }
        // One alone: pages that shrink most look short for ever.
        isBehindChange = false;
      }
    }
    while (hasChange) {
      come();
    }
  }

  private boolean isIn(int number) {
    return hasChange && base.find(changeKey, changeKey.length) == number;
  }

  private void change(Page page, int number) throws Exception {
    int row = 0;
    packer.key(reader, row, rowKey);
    while (isIn(number)) {
      if (compareTo(row) > 0) {
        ids.read(changeKey, changeKey.length);
        int at = reader.find(ids, false, row + 1);
        while (row < at) {
          packer.add(reader, row++);
        }
        rowKeyOf(row);
      }
      boolean isThere = compareTo(row) == 0;
      if (isThere != changes.goes()) {
        throw page.corruption(
            isThere ? "row that comes is there already" : "row that goes is not there");
      }
      if (isThere) {
        row++;
        nextChange();
        rowKeyOf(row);
      } else {
        come();
      }
    }
    while (row < reader.rows()) {
      packer.add(reader, row++);
    }
  }

  private void rowKeyOf(int row) {
    if (row < reader.rows()) {
      packer.key(reader, row, rowKey);
    }
  }

  /** How the next change compares with the row that is not taken yet; it is before the end. */
  private int compareTo(int row) {
    return row < reader.rows()
        ? Arrays.compareUnsigned(
            changeKey,
            Integer.BYTES,
            changeKey.length,
            rowKey.array(),
            Integer.BYTES,
            rowKey.length())
        : -1;
  }

  /** Takes a row that comes, before all that were not taken yet. */
  private void come() throws Exception {
    if (changes.goes()) {
      throw Page.corruption(keyspace.label(), changeKey, "row that goes is not there", null);
    }
    byte[] value = changes.value();
    try {
      packer.add(changeKey, changeKey.length, value, value.length);
    } catch (MalformedBytesException e) {
      throw Page.corruption(keyspace.label(), changeKey, "row that comes does not decode", e);
    }
    nextChange();
  }

  private void nextChange() throws IOException {
    hasChange = changes.next();
    if (hasChange) {
      changeKey = changes.key();
    }
  }
}
