package dev.grantstore.packed;

import dev.grantstore.codec.PackedForm;
import dev.grantstore.codec.SyncRow;
import dev.grantstore.layout.Keyspace;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A packed sync that is read: its keyspaces, each opened when it is first asked for. Thread-safe.
 */
public final class PackedSync {
  private final int number;
  private final PackedForm form;
  private final long grants;
  private final long needingExpansion;
  private final PageSource source;
  private final PageCache cache;
  private final AtomicReferenceArray<@Nullable PackedKeyspace> keyspaces =
      new AtomicReferenceArray<>(Keyspace.OF_GRANTS.size());
  private boolean closed;

  /**
   * Reads nothing yet.
   *
   * @param row the sync's, of one that is packed
   * @param source where
   * @param cache keeps its pages
   */
  public PackedSync(SyncRow row, PageSource source, PageCache cache) {
    number = row.number();
    form = row.packed().orElseThrow();
    grants = row.content().count();
    needingExpansion = row.needingExpansion();
    this.source = source;
    this.cache = cache;
  }

  /** {@return where its pages are} */
  public PageSource source() {
    return source;
  }

  /**
   * {@return the pages of a keyspace}
   *
   * @param keyspace one of grants
   * @throws PagesGoneException if the sync may be gone
   * @throws Exception if the database fails, or what it holds is damaged
   */
  public PackedKeyspace keyspace(Keyspace keyspace) throws Exception {
    int index = Keyspace.OF_GRANTS.indexOf(keyspace);
    PackedKeyspace open = keyspaces.get(index);
    return open == null ? open(keyspace, index) : open;
  }

  /** Lets the cache forget it. */
  public synchronized void close() {
    closed = true;
    for (int i = 0; i < keyspaces.length(); i++) {
      PackedKeyspace open = keyspaces.get(i);
      if (open != null) {
        cache.remove(open);
      }
    }
  }

  private long rows(Keyspace keyspace) {
    return keyspace == Keyspace.NEEDS_EXPANSION ? needingExpansion : grants;
  }

  private synchronized PackedKeyspace open(Keyspace keyspace, int index) throws Exception {
    PackedKeyspace open = keyspaces.get(index);
    if (open == null) {
      open =
          PackedKeyspace.open(
              number, keyspace, form.parts().get(index), rows(keyspace), source, cache);
      if (!closed) {
        cache.add(open);
      }
      keyspaces.set(index, open);
    }
    return open;
  }
}
