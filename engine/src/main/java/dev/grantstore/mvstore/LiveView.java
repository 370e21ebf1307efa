package dev.grantstore.mvstore;

import dev.grantstore.keyvalue.RowBytes;
import dev.grantstore.keyvalue.Rows;
import dev.grantstore.keyvalue.View;
import dev.grantstore.keyvalue.YieldPoint;
import dev.grantstore.layout.Keyspace;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The view as of the last write, which readers are given, and the view as of the last sync of the
 * file, which is held until the next: so no page that it leads to is written over, and power loss
 * leaves it, whatever was written after. Any number of threads may read and hold; everything else
 * is the writer's.
 */
final class LiveView implements View {
  private volatile TreeView shown;
  private TreeView durable;

  /** Takes over a view that is held. */
  LiveView(TreeView first) {
    shown = first;
    durable = hold();
  }

  @Override
  public boolean get(Keyspace keyspace, byte[] key, int keyLength, RowBytes value) {
    TreeView now = hold();
    try {
      return now.get(keyspace, key, keyLength, value);
    } finally {
      now.release();
    }
  }

  @Override
  public List<byte @Nullable []> getAll(Keyspace keyspace, List<byte[]> keys) throws Exception {
    TreeView now = hold();
    try {
      return now.getAll(keyspace, keys);
    } finally {
      now.release();
    }
  }

  @Override
  public Rows rows(Keyspace keyspace, byte[] prefix, byte[] from) {
    TreeView now = hold();
    try {
      return now.rows(keyspace, prefix, from);
    } finally {
      now.release();
    }
  }

  @Override
  public boolean any(Keyspace keyspace, byte[] prefix) {
    TreeView now = hold();
    try {
      return now.any(keyspace, prefix);
    } finally {
      now.release();
    }
  }

  /** Lets go of both; nothing can be held any more. */
  @Override
  public void close() {
    durable.release();
    shown.release();
  }

  /** {@return the view as of the last write, held once more; the caller releases it} */
  TreeView hold() {
    TreeView held = shown;
    YieldPoint.reached("view read");
    while (!held.tryHold()) {
      held = shown;
      YieldPoint.reached("view read again");
    }
    return held;
  }

  /** {@return the view as of the last write, not held once more} */
  TreeView shown() {
    return shown;
  }

  /** Gives readers another view from now on, which it takes over. */
  void show(TreeView next) {
    TreeView before = shown;
    YieldPoint.reached("view made");
    shown = next;
    YieldPoint.reached("view shown");
    before.release();
  }

  /** Says that what is shown would be there after power loss. */
  void shownIsDurable() {
    TreeView before = durable;
    durable = hold();
    before.release();
  }
}
