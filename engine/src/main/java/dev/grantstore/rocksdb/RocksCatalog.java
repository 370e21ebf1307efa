package dev.grantstore.rocksdb;

import dev.grantstore.Bytes;
import dev.grantstore.keyvalue.CatalogRows;
import dev.grantstore.keyvalue.SyncCatalog;
import dev.grantstore.layout.Keyspace;
import dev.grantstore.layout.MetaKeys;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/**
 * Reads the keyspace of what is not a grant: whole, so that damage is found when a store is opened
 * even where it lies in a file whose rows newer ones replace; else the compaction that comes to it
 * would be the first to fail.
 */
final class RocksCatalog {
  private RocksCatalog() {}

  static SyncCatalog read(RocksHandles handles) {
    CatalogRows rows = new CatalogRows();
    byte[] prefix = MetaKeys.syncPrefix();
    try (RocksIterator it = handles.db().newIterator(handles.meta(), handles.readOptions())) {
      for (it.seekToFirst(); it.isValid(); it.next()) {
        byte[] key = it.key();
        int different = Arrays.mismatch(prefix, key);
        if (different < 0 || different == prefix.length) {
          rows.add(key, it.value());
        }
      }
      it.status();
      return rows.catalog(value(handles, MetaKeys.commit()), value(handles, MetaKeys.nextSync()));
    } catch (RocksDBException e) {
      throw RocksErrors.wrapRead(Keyspace.META.label(), Bytes.copyOf(prefix), e);
    }
  }

  /** What the database says which store it is, or null in format 1. */
  static byte @Nullable [] identity(RocksHandles handles) {
    try {
      return value(handles, MetaKeys.identity());
    } catch (RocksDBException e) {
      throw RocksErrors.wrapRead(Keyspace.META.label(), Bytes.copyOf(MetaKeys.identity()), e);
    }
  }

  private static byte @Nullable [] value(RocksHandles handles, byte[] key) throws RocksDBException {
    return handles.db().get(handles.meta(), handles.readOptions(), key);
  }
}
