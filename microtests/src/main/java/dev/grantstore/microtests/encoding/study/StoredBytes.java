package dev.grantstore.microtests.encoding.study;

import dev.grantstore.Grant;
import dev.grantstore.layout.Keyspace;
import dev.grantstore.microtests.encoding.GrantEncoding;
import dev.grantstore.microtests.encoding.ScratchRows;
import java.util.List;
import java.util.Map;

/**
 * What grants take in a database's files when all their rows are written into it.
 *
 * @param primary bytes for a grant in the keyspace {@code grants}
 * @param all bytes for a grant in all keyspaces, which are covering: each holds the whole value
 */
record StoredBytes(double primary, double all) {
  static StoredBytes of(GrantEncoding encoding, List<Grant> grants, ScratchRows rows) {
    EncodedRow.Writer writer = new EncodedRow.Writer(encoding);
    for (Grant grant : grants) {
      writer.grant(grant);
      for (Keyspace keyspace : Keyspace.OF_GRANTS) {
        if (keyspace.includes(grant)) {
          EncodedRow row = writer.row(grant, keyspace);
          rows.put(keyspace, row.key(), row.value());
        }
      }
    }
    Map<Keyspace, Long> bytes = rows.settle();
    long all = bytes.values().stream().mapToLong(Long::longValue).sum();
    long primary = bytes.getOrDefault(Keyspace.GRANTS, 0L);
    return new StoredBytes((double) primary / grants.size(), (double) all / grants.size());
  }
}
