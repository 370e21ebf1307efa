package dev.grantstore.lmdb;

import dev.grantstore.keyvalue.CatalogRows;
import dev.grantstore.keyvalue.SyncCatalog;
import dev.grantstore.layout.MetaKeys;
import java.util.Arrays;
import org.lmdbjava.Cursor;
import org.lmdbjava.SeekOp;

/** Reads the syncs from the database of what is not a grant. */
final class LmdbCatalog {
  private LmdbCatalog() {}

  static SyncCatalog read(Database database, Session session) {
    CatalogRows rows = new CatalogRows();
    byte[] prefix = MetaKeys.syncPrefix();
    Cursor<NativeBytes> cursor = session.take(database.meta());
    boolean found = session.seek(cursor, prefix, prefix.length);
    while (found) {
      byte[] key = new byte[session.lengthOf(cursor.key())];
      cursor.key().copyTo(key);
      if (!startsWith(key, prefix)) {
        break;
      }
      byte[] value = new byte[session.lengthOf(cursor.val())];
      cursor.val().copyTo(value);
      rows.add(key, value);
      found = cursor.seek(SeekOp.MDB_NEXT);
    }
    session.giveBack(database.meta(), cursor);
    return rows.catalog(
        session.metaValue(MetaKeys.commit()), session.metaValue(MetaKeys.nextSync()));
  }

  private static boolean startsWith(byte[] key, byte[] prefix) {
    return key.length >= prefix.length
        && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
  }
}
