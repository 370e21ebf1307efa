package dev.grantstore.container;

import dev.grantstore.Bytes;
import dev.grantstore.CorruptionException;
import dev.grantstore.layout.Keyspace;
import dev.grantstore.packed.PageKey;
import dev.grantstore.packed.PageSource;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The pages of one sync of a container, each checked against the index. Thread-safe. */
final class ContainerPages implements PageSource {
  private final ContainerFile file;
  private final PageIndex index;
  private final Contents.Sync sync;

  ContainerPages(ContainerFile file, PageIndex index, Contents.Sync sync) {
    this.file = file;
    this.index = index;
    this.sync = sync;
  }

  @Override
  public byte @Nullable [] read(byte[] key) {
    long place = sync.page(PageKey.keyspace(key), PageKey.part(key), PageKey.page(key));
    if (place < 0) {
      return null;
    }
    int page = (int) place;
    byte[] stored = file.read(index.offset(page), index.storedBytes(page));
    if (Frame.hash(stored) != index.hash(page)) {
      throw damaged(key, page, "page is not what was written");
    }
    int whole = index.wholeBytes(page);
    return stored.length == whole
        ? stored
        : Compression.whole(stored, whole)
            .orElseThrow(() -> damaged(key, page, "page cannot be inflated"));
  }

  @Override
  public boolean retain() {
    return true;
  }

  @Override
  public void release() {}

  @Override
  public boolean isForeign() {
    return true;
  }

  @Override
  public boolean mayBeGone() {
    return false;
  }

  private CorruptionException damaged(byte[] key, int page, String problem) {
    return new CorruptionException(
        Keyspace.OF_GRANTS.get(PageKey.keyspace(key)).label(),
        Bytes.copyOf(key),
        String.format(
            Locale.ROOT,
            "%s: offset=%d bytes=%d file=%s",
            problem,
            index.offset(page),
            index.storedBytes(page),
            file.path()),
        null);
  }
}
