package dev.grantstore.microtests.encoding.study;

import dev.grantstore.CanonicalForm;
import dev.grantstore.Grant;
import dev.grantstore.layout.Keyspace;
import dev.grantstore.layout.RowWriter;
import dev.grantstore.microtests.encoding.GrantEncoding;
import java.util.Arrays;

/**
 * A row of the keyspace {@code grants} or of an index, in arrays of its own.
 *
 * @param key as in rfc/0002, in the sync of number 0
 * @param value as the encoding has it
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record EncodedRow(byte[] key, byte[] value) {

  /** Makes rows, one grant after the other. One thread. */
  static final class Writer {
    private static final int SYNC = 0;

    private final GrantEncoding encoding;
    private final CanonicalForm form = new CanonicalForm();
    private final RowWriter keys = new RowWriter();

    Writer(GrantEncoding encoding) {
      this.encoding = encoding;
    }

    /** Takes up a grant. */
    void grant(Grant grant) {
      form.encode(grant);
      keys.grant(grant, form);
    }

    /** The row of the grant taken up. */
    EncodedRow row(Grant grant, Keyspace keyspace) {
      keys.row(keyspace, SYNC);
      int length = encoding.encode(grant, keyspace);
      return new EncodedRow(keys.key().toByteArray(), Arrays.copyOf(encoding.array(), length));
    }
  }
}
