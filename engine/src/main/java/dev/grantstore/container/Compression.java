package dev.grantstore.container;

import java.util.Arrays;
import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * Deflates pages that become smaller by it: packed bits do not, details of grants do. One thread.
 */
final class Compression implements AutoCloseable {
  /** What is shorter is left as it is: there is little to gain. */
  private static final int LEAST_BYTES = 512;

  /** So many tries in a row that gain nothing, and only some of the next are tried. */
  private static final int TRIES = 8;

  private static final int PASSED_OVER = 15;

  private final Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
  private byte[] room = new byte[64 << 10];
  private int failures;
  private int passedOver;

  /** {@return the page, or a tenth shorter at least} */
  byte[] compressed(byte[] page) {
    if (page.length < LEAST_BYTES) {
      return page;
    }
    if (failures >= TRIES && passedOver < PASSED_OVER) {
      passedOver++;
      return page;
    }
    passedOver = 0;
    int most = page.length - page.length / 10;
    if (room.length < most) {
      room = new byte[most];
    }
    deflater.reset();
    deflater.setInput(page);
    deflater.finish();
    int length = deflater.deflate(room, 0, most);
    boolean gains = deflater.finished() && length < page.length && fits(page.length, length);
    failures = gains ? 0 : failures + 1;
    return gains ? Arrays.copyOf(room, length) : page;
  }

  /** Readers refuse what becomes too much. */
  private static boolean fits(int page, int stored) {
    return page <= (long) Frame.MOST_RATIO * stored;
  }

  /** {@return the page of that length; empty if it is not what was deflated} */
  static Optional<byte[]> whole(byte[] stored, int length) {
    Inflater inflater = new Inflater(true);
    try {
      byte[] page = new byte[length];
      inflater.setInput(stored);
      int read = 0;
      while (read < length && !inflater.finished()) {
        int more = inflater.inflate(page, read, length - read);
        if (more == 0) {
          break;
        }
        read += more;
      }
      // The end of the stream may be a step of its own.
      boolean isWhole =
          read == length
              && (inflater.finished() || inflater.inflate(new byte[1]) == 0)
              && inflater.finished()
              && inflater.getRemaining() == 0;
      return isWhole ? Optional.of(page) : Optional.empty();
    } catch (DataFormatException e) {
      return Optional.empty();
    } finally {
      inflater.end();
    }
  }

  @Override
  public void close() {
    deflater.end();
  }
}
