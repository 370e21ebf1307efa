package dev.grantstore.kudu;

import dev.grantstore.Grant;

/** What Kudu's limits leave; apart, for it is asked where there is no client. Stateless. */
final class StoreLimits {
  /** Kudu's limit for a cell is 64 KiB. */
  static final int PART_BYTES = 60 << 10;

  /** What is stored of a payload of many small pieces is more than they are. */
  private static final int MOST_TIMES_PAYLOAD = 8;

  /** The longest value, in parts; checked when one is written, and before room is made for one. */
  static final int MOST_PARTS = MOST_TIMES_PAYLOAD * (Grant.MAX_PAYLOAD_BYTES / PART_BYTES + 1);

  /** Kudu's limit for a key, as it encodes it. */
  private static final int ENCODED_KEY_BYTES = 16 << 10;

  /** {@code s}, {@code ks}, {@code p}, the end of {@code k}, and six zeros in it written as two. */
  private static final int ENCODED_BESIDE_BYTES = 4 + 1 + 4 + 2 + 6;

  /** The longest key of the contract's keyspaces, the sync's number included. */
  static final int LONGEST_KEY_BYTES = ENCODED_KEY_BYTES - ENCODED_BESIDE_BYTES + Integer.BYTES;

  private StoreLimits() {}
}
