package dev.grantstore.mvstore;

import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.RootReference;
import org.jspecify.annotations.Nullable;

/**
 * A tree as it was at one moment. Immutable; its pages stay in the file only as long as the {@link
 * TreeView} is held that it belongs to.
 */
record Tree(MVMap<byte[], byte[]> map, RootReference<byte[], byte[]> root) {
  /** {@return a tree as it is now} */
  static Tree now(MVMap<byte[], byte[]> map) {
    return new Tree(map, map.flushAndGetRoot());
  }

  byte @Nullable [] get(byte[] key) {
    return map.get(root.root, key);
  }

  /** {@return the least key after another, or null} */
  byte @Nullable [] higherKey(byte[] key) {
    return map.higherKey(root, key);
  }

  /** {@return a cursor before the first row at or after a key} */
  Cursor<byte[], byte[]> from(byte[] key) {
    return new Cursor<>(root, key, null);
  }

  long rows() {
    return root.getTotalCount();
  }
}
