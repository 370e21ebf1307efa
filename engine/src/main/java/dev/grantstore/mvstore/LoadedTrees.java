package dev.grantstore.mvstore;

import dev.grantstore.keyvalue.RowSink;
import dev.grantstore.layout.Keyspace;
import java.io.IOException;
import java.util.Map;
import org.h2.mvstore.MVMap;

/**
 * Takes the rows of a load, in the order of their keys, into trees of their own; gives them to the
 * system from time to time, so that they need not fit in memory. One thread, which keeps writes
 * out.
 */
final class LoadedTrees implements RowSink<IOException> {
  private static final int UNSAVED_BYTES = 32 << 20;
  private static final int CHECKED_ROWS = 1_000;

  private final MvDatabase database;
  private final Map<Keyspace, MVMap<byte[], byte[]>> maps;
  private final int largestAppended;
  private int rows;

  /** Makes the trees. */
  LoadedTrees(MvDatabase database, int sync) {
    this.database = database;
    // Appended rows share pages whatever their size, put ones do not.
    largestAppended = database.value(MvOption.PAGE_SPLIT_SIZE) / 4;
    maps = database.loadedMaps(sync);
  }

  @Override
  public void putRow(Keyspace keyspace, byte[] key, byte[] value) throws IOException {
    MVMap<byte[], byte[]> map = maps.get(keyspace);
    if (map == null) {
      throw new IllegalStateException("keyspace has no tree: " + keyspace);
    }
    boolean isLarge = key.length + value.length > largestAppended;
    if (isLarge) {
      map.put(key, value);
    } else {
      map.append(key, value);
    }
    rows++;
    if ((isLarge || rows % CHECKED_ROWS == 0)
        && database.store().getUnsavedMemory() > UNSAVED_BYTES) {
      database.commit();
    }
  }
}
