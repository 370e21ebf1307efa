package dev.grantstore.microtests.encoding.study;

import dev.grantstore.Grant;
import dev.grantstore.codec.MalformedBytesException;
import dev.grantstore.layout.Keyspace;
import dev.grantstore.microtests.encoding.GrantEncoding;
import java.util.Arrays;
import java.util.List;

/**
 * What an encoding makes of values that were cut off, at every length from empty on.
 *
 * @param tried how many cut values
 * @param accepted how many of them came back as a grant
 */
record CutValues(long tried, long accepted) {
  private static final int MAX_GRANTS = 200;

  static CutValues of(GrantEncoding encoding, List<Grant> grants) {
    EncodedRow.Writer writer = new EncodedRow.Writer(encoding);
    long tried = 0;
    long accepted = 0;
    for (Grant grant : grants.subList(0, Math.min(MAX_GRANTS, grants.size()))) {
      writer.grant(grant);
      EncodedRow row = writer.row(grant, Keyspace.GRANTS);
      for (int length = 0; length < row.value().length; length++) {
        tried++;
        if (isAccepted(encoding, row.key(), Arrays.copyOf(row.value(), length))) {
          accepted++;
        }
      }
    }
    return new CutValues(tried, accepted);
  }

  private static boolean isAccepted(GrantEncoding encoding, byte[] key, byte[] value) {
    try {
      encoding.decode(Keyspace.GRANTS, key, value);
      return true;
    } catch (MalformedBytesException refused) {
      return false;
    }
  }
}
