package dev.grantstore.packed;

import dev.grantstore.CorruptionException;
import dev.grantstore.codec.MalformedBytesException;
import dev.grantstore.codec.PackedForm;
import dev.grantstore.codec.SyncRow;
import dev.grantstore.layout.Keyspace;
import java.util.Locale;

/**
 * Copies the pages of a packed sync to where it has another number. A page's checksum names the key
 * that it is stored under, so that is all of it that changes. Stateless.
 */
public final class PageCopy {
  private PageCopy() {}

  /**
   * Copies all pages and directories, keyspace by keyspace, part by part, each part's directory
   * last: in the order of their keys. Holds one page.
   *
   * @param from the row of the sync that is read
   * @param source where its pages are
   * @param number the number that the copy has
   * @param sink takes the pages
   * @throws CorruptionException if one is damaged or missing, or they have other rows than the row
   *     says
   * @throws PagesGoneException if one is missing, and may be so since the sync is gone
   * @throws Exception if the source or the sink fails
   */
  public static void copy(
      SyncRow from, PageSource source, int number, RowPacker.Sink<? extends Exception> sink)
      throws Exception {
    PackedForm form = from.packed().orElseThrow();
    for (int i = 0; i < Keyspace.OF_GRANTS.size(); i++) {
      Keyspace keyspace = Keyspace.OF_GRANTS.get(i);
      long expected =
          keyspace == Keyspace.NEEDS_EXPANSION ? from.needingExpansion() : from.content().count();
      long rows = 0;
      for (int part = 0; part < form.parts().get(i); part++) {
        rows += copyPart(from.number(), keyspace, part, source, number, sink);
      }
      if (rows != expected) {
        throw Page.corruption(
            keyspace.label(),
            PageKey.ofDirectory(from.number(), keyspace, 0),
            String.format(
                Locale.ROOT, "pages have other rows: rows=%d expected=%d", rows, expected),
            null);
      }
    }
  }

  private static long copyPart(
      int sync,
      Keyspace keyspace,
      int part,
      PageSource source,
      int number,
      RowPacker.Sink<? extends Exception> sink)
      throws Exception {
    byte[] directoryKey = PageKey.ofDirectory(sync, keyspace, part);
    byte[] directory = PackedKeyspace.require(keyspace, directoryKey, source);
    PageDirectory pages;
    try {
      pages = PageDirectory.read(new byte[][] {directoryKey}, new byte[][] {directory});
    } catch (MalformedBytesException e) {
      throw Page.corruption(
          keyspace.label(), directoryKey, "directory does not decode: " + e.getMessage(), e);
    }
    long rows = 0;
    for (int page = 0; page < pages.pages(); page++) {
      byte[] key = PageKey.ofPage(sync, keyspace, part, page);
      byte[] bytes = PackedKeyspace.require(keyspace, key, source);
      rows += Page.read(keyspace.label(), key, bytes).rows;
      put(PageKey.ofPage(number, keyspace, part, page), bytes, sink);
    }
    if (rows != pages.rows()) {
      throw Page.corruption(
          keyspace.label(), directoryKey, "directory has other rows than its pages", null);
    }
    put(PageKey.ofDirectory(number, keyspace, part), directory, sink);
    return rows;
  }

  private static void put(byte[] key, byte[] bytes, RowPacker.Sink<? extends Exception> sink)
      throws Exception {
    PageBytes.INTS.set(bytes, 0, PageBytes.checksum(key, bytes, bytes.length));
    sink.put(key, bytes);
  }
}
