package dev.grantstore.packed;

import dev.grantstore.CorruptionException;
import dev.grantstore.codec.MalformedBytesException;
import dev.grantstore.layout.KeyPrefix;
import dev.grantstore.layout.Keyspace;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** The pages of one keyspace of a packed sync. Thread-safe. */
public final class PackedKeyspace {
  private final int sync;
  private final Keyspace keyspace;
  private final PageDirectory directory;
  private final PageSource source;
  private final PageCache cache;
  private final AtomicReferenceArray<@Nullable Page> pages;

  /** Whether its pages may be kept; the cache's, under its lock. */
  boolean isCached;

  private PackedKeyspace(
      int sync, Keyspace keyspace, PageDirectory directory, PageSource source, PageCache cache) {
    this.sync = sync;
    this.keyspace = keyspace;
    this.directory = directory;
    this.source = source;
    this.cache = cache;
    pages = new AtomicReferenceArray<>(directory.pages());
  }

  /** Reads the directory. */
  static PackedKeyspace open(
      int sync, Keyspace keyspace, int parts, long rows, PageSource source, PageCache cache)
      throws Exception {
    byte[][] keys = new byte[parts][];
    byte[][] directories = new byte[parts][];
    for (int part = 0; part < parts; part++) {
      keys[part] = PageKey.ofDirectory(sync, keyspace, part);
      directories[part] = require(keyspace, keys[part], source);
    }
    try {
      PageDirectory directory = PageDirectory.read(keys, directories);
      if (directory.rows() != rows) {
        throw new MalformedBytesException("directory has other rows than the sync", 0);
      }
      return new PackedKeyspace(sync, keyspace, directory, source, cache);
    } catch (MalformedBytesException e) {
      throw Page.corruption(
          keyspace.label(), keys[0], "directory does not decode: " + e.getMessage(), e);
    }
  }

  /** {@return how many pages there are} */
  public int pages() {
    return directory.pages();
  }

  /**
   * {@return a page}
   *
   * @param number from 0
   * @throws CorruptionException if it is damaged or missing
   * @throws PagesGoneException if it is missing, and may be so since its sync is gone
   * @throws Exception if the database fails
   */
  public Page page(int number) throws Exception {
    Page page = pages.get(number);
    if (page != null) {
      return page.wasUsed ? page : usedAgain(number, page);
    }
    Page read = readAlone(number);
    cache.added(this, number, read);
    return read;
  }

  /**
   * A page that is used more than once is kept in the order in which single rows are read, where
   * those are what is asked for. A list looks at one column of many rows, and a search too.
   */
  private Page usedAgain(int number, Page page) {
    page.wasUsed = true;
    Page plain = keyspace == Keyspace.GRANTS ? page.plain() : page;
    if (plain != page) {
      cache.replaced(this, number, page, plain);
    }
    return plain;
  }

  /**
   * {@return a page that is read for the caller alone, past the cache} Its bytes are the caller's.
   *
   * @param number from 0
   * @throws Exception as from {@link #page}
   */
  Page readAlone(int number) throws Exception {
    byte[] key =
        PageKey.ofPage(sync, keyspace, directory.part(number), directory.pageInPart(number));
    return Page.read(keyspace.label(), key, require(keyspace, key, source));
  }

  /**
   * {@return the page in which a key is, if there is one; of at least one page}
   *
   * @param key the key, or what keys start with, from the start of the array
   * @param length its length
   */
  public int find(byte[] key, int length) {
    return directory.find(key, Integer.BYTES, length);
  }

  /** Hears between which keys nothing is stored of a keyspace. */
  public interface Gaps {
    /**
     * Hears of some keys.
     *
     * @param from the first of them
     * @param to the first behind them
     * @throws Exception if it does
     */
    void between(byte[] from, byte[] to) throws Exception;
  }

  /**
   * Tells all keys beside those of its pages and directories: what is stored under one is of no
   * use, and nobody finds it. Between the pages of a part there are none.
   *
   * @param gaps told them in their order, up to the next keyspace or sync
   * @throws Exception if it does
   */
  public void gaps(Gaps gaps) throws Exception {
    byte[] from = PageKey.start(sync, keyspace);
    for (int part = 0; part < directory.parts(); part++) {
      byte[] last = PageKey.ofDirectory(sync, keyspace, part);
      gaps.between(from, PageKey.ofPage(sync, keyspace, part, 0));
      gaps.between(PageKey.ofPage(sync, keyspace, part, directory.pagesOf(part)), last);
      from = PageKey.after(last);
    }
    int next = Keyspace.OF_GRANTS.indexOf(keyspace) + 1;
    gaps.between(
        from,
        next < Keyspace.OF_GRANTS.size()
            ? PageKey.start(sync, Keyspace.OF_GRANTS.get(next))
            : KeyPrefix.ofSync(sync + 1));
  }

  PageDirectory directory() {
    return directory;
  }

  @Nullable Page cached(int number) {
    return pages.get(number);
  }

  boolean putIntoCache(int number, Page page) {
    return pages.compareAndSet(number, null, page);
  }

  boolean replaceInCache(int number, Page old, Page page) {
    return pages.compareAndSet(number, old, page);
  }

  @Nullable Page takeFromCache(int number) {
    return pages.getAndSet(number, null);
  }

  static byte[] require(Keyspace keyspace, byte[] key, PageSource source) throws Exception {
    byte[] bytes = source.read(key);
    if (bytes == null) {
      if (source.mayBeGone()) {
        throw new PagesGoneException();
      }
      throw Page.corruption(keyspace.label(), key, "page is missing", null);
    }
    return bytes;
  }
}
