package dev.grantstore.microtests.encoding;

import com.github.luben.zstd.ZstdDictTrainer;
import com.github.luben.zstd.ZstdException;
import dev.grantstore.Grant;
import dev.grantstore.layout.Keyspace;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Dictionaries for zstd, one for each form of value. Immutable; the arrays are not to be written.
 */
public final class Dictionaries {
  /** The most that is trained; what one comes out at is what the grants give. */
  public static final int MAX_BYTES = 16 << 10;

  private final byte[] trimmed;
  private final byte[] protobuf;

  private Dictionaries(byte[] trimmed, byte[] protobuf) {
    this.trimmed = trimmed;
    this.protobuf = protobuf;
  }

  /**
   * Trains dictionaries on the grants' values in the keyspace {@code grants}.
   *
   * @param grants trained on; not those that are measured afterwards
   * @return the dictionaries
   * @throws IllegalArgumentException if the grants are too few or too much alike for a dictionary
   */
  public static Dictionaries train(List<Grant> grants) {
    try (TrimmedEncoding trimmed = new TrimmedEncoding();
        ProtobufEncoding protobuf = new ProtobufEncoding()) {
      return new Dictionaries(train(trimmed, grants), train(protobuf, grants));
    }
  }

  byte[] trimmed() {
    return trimmed;
  }

  byte[] protobuf() {
    return protobuf;
  }

  private static byte[] train(GrantEncoding encoding, List<Grant> grants) {
    int bytes = 0;
    for (Grant grant : grants) {
      bytes += encoding.encode(grant, Keyspace.GRANTS);
    }
    ZstdDictTrainer trainer = new ZstdDictTrainer(bytes, MAX_BYTES);
    for (Grant grant : grants) {
      int length = encoding.encode(grant, Keyspace.GRANTS);
      trainer.addSample(Arrays.copyOf(encoding.array(), length));
    }
    try {
      return trainer.trainSamples();
    } catch (ZstdException e) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "no dictionary can be trained on these grants: rows=%d bytes=%d",
              grants.size(),
              bytes),
          e);
    }
  }
}
