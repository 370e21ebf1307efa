package dev.grantstore.bench.testengine;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;

/** Small real histograms in the form that results keep. */
public final class Histograms {
  private Histograms() {}

  /** {@return the histogram in a result} */
  public static Histogram decode(String text) throws DataFormatException {
    ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(text));
    return Histogram.decodeFromCompressedByteBuffer(bytes, 1);
  }

  /** {@return the values in a histogram of three digits, V2, compressed, base64} */
  public static String of(long... valuesNanos) {
    Histogram histogram = new Histogram(3);
    for (long value : valuesNanos) {
      histogram.recordValue(value);
    }
    ByteBuffer buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
    int length = histogram.encodeIntoCompressedByteBuffer(buffer);
    return Base64.getEncoder().encodeToString(Arrays.copyOf(buffer.array(), length));
  }
}
