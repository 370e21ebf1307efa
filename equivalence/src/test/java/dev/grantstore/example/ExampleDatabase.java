package dev.grantstore.example;

import dev.grantstore.StoreStats;
import dev.grantstore.keyvalue.Batch;
import dev.grantstore.keyvalue.KeyValueDatabase;
import dev.grantstore.keyvalue.RowBytes;
import dev.grantstore.keyvalue.Rows;
import dev.grantstore.keyvalue.View;
import dev.grantstore.layout.KeyPrefix;
import dev.grantstore.layout.Keyspace;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** A tree for each keyspace. A write changes copies, and readers are given those at its commit. */
final class ExampleDatabase implements KeyValueDatabase {
  private volatile Trees now = new Trees(new EnumMap<>(Keyspace.class));

  private final View live =
      new View() {
        @Override
        public boolean get(Keyspace keyspace, byte[] key, int keyLength, RowBytes value) {
          return now.get(keyspace, key, keyLength, value);
        }

        @Override
        public List<byte[]> getAll(Keyspace keyspace, List<byte[]> keys) throws Exception {
          return now.getAll(keyspace, keys);
        }

        @Override
        public Rows rows(Keyspace keyspace, byte[] prefix, byte[] from) {
          return now.rows(keyspace, prefix, from);
        }

        @Override
        public void close() {}
      };

  @Override
  public View live() {
    return live;
  }

  @Override
  public View snapshot() {
    return now;
  }

  @Override
  public Batch begin(boolean durably) {
    return new Changes();
  }

  @Override
  public void sync() {}

  @Override
  public StoreStats stats() {
    List<StoreStats.Keyspace> figures =
        Arrays.stream(Keyspace.values())
            .map(k -> new StoreStats.Keyspace(k.label(), now.of(k).size(), 0, 0))
            .toList();
    return new StoreStats(figures, 0, new TreeMap<>());
  }

  @Override
  public void close() {}

  /** What there is at one moment; not changed any more. */
  private record Trees(Map<Keyspace, NavigableMap<byte[], byte[]>> trees) implements View {
    NavigableMap<byte[], byte[]> of(Keyspace keyspace) {
      return trees.getOrDefault(keyspace, new TreeMap<>(Arrays::compareUnsigned));
    }

    @Override
    public boolean get(Keyspace keyspace, byte[] key, int keyLength, RowBytes value) {
      byte[] found = of(keyspace).get(Arrays.copyOf(key, keyLength));
      if (found != null) {
        value.point(found);
      }
      return found != null;
    }

    @Override
    public Rows rows(Keyspace keyspace, byte[] prefix, byte[] from) {
      return new TreeRows(of(keyspace).tailMap(from).entrySet().iterator(), prefix);
    }

    @Override
    public void close() {}
  }

  private static final class TreeRows implements Rows {
    private final Iterator<Map.Entry<byte[], byte[]>> rows;
    private final byte[] prefix;

    TreeRows(Iterator<Map.Entry<byte[], byte[]>> rows, byte[] prefix) {
      this.rows = rows;
      this.prefix = prefix;
    }

    @Override
    public boolean next(RowBytes key, RowBytes value) {
      if (!rows.hasNext()) {
        return false;
      }
      Map.Entry<byte[], byte[]> row = rows.next();
      key.point(row.getKey());
      value.point(row.getValue());
      return key.startsWith(prefix);
    }

    @Override
    public void close() {}
  }

  /** One write: copies of the trees that it changes. */
  private final class Changes implements Batch {
    private final Map<Keyspace, NavigableMap<byte[], byte[]>> changed = new EnumMap<>(now.trees());

    @Override
    public boolean get(Keyspace keyspace, byte[] key, int keyLength, RowBytes value) {
      return now.get(keyspace, key, keyLength, value);
    }

    @Override
    public void put(Keyspace keyspace, byte[] key, int keyLength, byte[] value, int valueLength) {
      change(keyspace).put(Arrays.copyOf(key, keyLength), Arrays.copyOf(value, valueLength));
    }

    @Override
    public void delete(Keyspace keyspace, byte[] key, int keyLength) {
      change(keyspace).remove(Arrays.copyOf(key, keyLength));
    }

    @Override
    public void deleteSync(int sync) {
      for (Keyspace keyspace : Keyspace.OF_GRANTS) {
        change(keyspace).subMap(KeyPrefix.ofSync(sync), KeyPrefix.ofSync(sync + 1)).clear();
      }
    }

    @Override
    public boolean commit() {
      now = new Trees(changed);
      return true;
    }

    @Override
    public void close() {}

    private NavigableMap<byte[], byte[]> change(Keyspace keyspace) {
      NavigableMap<byte[], byte[]> tree = changed.get(keyspace);
      if (tree == null || tree == now.trees().get(keyspace)) {
        NavigableMap<byte[], byte[]> copy = new TreeMap<>(Arrays::compareUnsigned);
        copy.putAll(now.of(keyspace));
        changed.put(keyspace, copy);
        return copy;
      }
      return tree;
    }
  }
}
