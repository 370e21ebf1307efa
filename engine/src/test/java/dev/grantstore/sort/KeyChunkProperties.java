package dev.grantstore.sort;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;

@Domain(RowArbitraries.class)
final class KeyChunkProperties {

  @Property(seed = "1", tries = 1000)
  void chunksCompareAsTheBytesTheyStandFor(@ForAll Row a, @ForAll Row b) {
    String keyA = a.key();
    String keyB = b.key();
    int depth = Math.min(Math.min(keyA.length(), keyB.length()), 5);

    assertThat(Integer.signum(Long.compare(chunk(keyA, depth), chunk(keyB, depth))))
        .isEqualTo(Integer.signum(part(keyA, depth).compareTo(part(keyB, depth))));
  }

  @Property(seed = "2", tries = 1000)
  void chunksTellWhetherTheKeyEnds(@ForAll Row row) {
    assertThat(KeyChunk.endsKey(chunk(row.key(), 0))).isEqualTo(row.key().length() < 7);
  }

  private static String part(String key, int depth) {
    return key.substring(depth, Math.min(key.length(), depth + KeyChunk.BYTES));
  }

  private static long chunk(String key, int depth) {
    byte[] array = Row.bytes("." + key + "\u00ff".repeat(KeyChunk.SLACK_BYTES));
    long chunk = KeyChunk.load(array, 1, key.length(), depth);
    Arrays.fill(array, 1 + key.length(), array.length, (byte) 0);
    assertThat(KeyChunk.load(array, 1, key.length(), depth)).isEqualTo(chunk).isNotNegative();
    return chunk;
  }
}
