package dev.grantstore.keyvalue;

import dev.grantstore.codec.TupleWriter;
import dev.grantstore.layout.Keyspace;
import dev.grantstore.layout.RowReader;
import dev.grantstore.packed.PageReader;
import dev.grantstore.packed.RowIds;
import java.util.ArrayDeque;
import java.util.Deque;

/** The buffers of one reading thread, used again and again. */
final class ReadScratch {
  private static final int KEPT_READERS = 4;

  final TupleWriter key = new TupleWriter();
  final RowBytes value = new RowBytes();
  final RowReader grantRow = new RowReader(Keyspace.GRANTS);
  final PageReader reader = new PageReader();
  final RowIds grantIds = new RowIds(Keyspace.GRANTS);
  final RowIds principalIds = new RowIds(Keyspace.BY_PRINCIPAL);
  private final Thread owner = Thread.currentThread();
  private final Deque<PageReader> readers = new ArrayDeque<>();

  /** A reader for a cursor, which gives it back. */
  PageReader takeReader() {
    PageReader reader = readers.poll();
    return reader == null ? new PageReader() : reader;
  }

  /** Of another thread it is not taken: whoever has the cursor may still be looking at it. */
  void giveBack(PageReader reader) {
    if (Thread.currentThread() == owner && readers.size() < KEPT_READERS) {
      reader.leave();
      readers.push(reader);
    }
  }
}
