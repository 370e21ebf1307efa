package dev.grantstore.tool;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Standard output. UTF-8 and {@code \n} whatever the machine is set to; control characters do not
 * get through (see {@link ForeignText}). What cannot be written is remembered, not thrown, so that
 * a command that leaves files as well still does; {@link Tool} then ends with a failure. One
 * thread.
 */
public final class Output extends PrintWriter {
  private static final int ENOUGH = 1 << 13;

  private final Door door;

  /**
   * Creates an output.
   *
   * @param stream where bytes go; never closed
   * @param isColoured whether the colours of a terminal get through
   * @param before runs before anything is written
   */
  Output(OutputStream stream, boolean isColoured, Runnable before) {
    this(new Door(stream, isColoured, before));
  }

  private Output(Door door) {
    super(door, false);
    this.door = door;
  }

  /** {@return whether texts may be coloured} */
  public boolean isColoured() {
    return door.isColoured;
  }

  /**
   * {@return the bytes below, for data that is a format of its own: nothing is escaped} Throws what
   * goes wrong, and remembers it too.
   */
  public OutputStream bytes() {
    flush();
    return door.bytes();
  }

  /**
   * Throws what went wrong so far; for commands that write much, which need not go on.
   *
   * @throws IOException if something could not be written
   */
  public void check() throws IOException {
    flush();
    if (door.failure != null) {
      throw door.failure;
    }
  }

  /** {@return what went wrong first; null if nothing did} */
  @Nullable IOException failure() {
    flush();
    return door.failure;
  }

  @Override
  public void println() {
    write('\n');
  }

  /** Escapes, encodes and remembers. */
  private static final class Door extends Writer {
    private final OutputStream stream;
    private final boolean isColoured;
    private final Runnable before;
    private final StringBuilder held = new StringBuilder();
    private @Nullable IOException failure;

    Door(OutputStream stream, boolean isColoured, Runnable before) {
      this.stream = stream;
      this.isColoured = isColoured;
      this.before = before;
    }

    @Override
    public void write(char[] chars, int offset, int length) {
      held.append(chars, offset, length);
      sendIfMuch();
    }

    @Override
    public void write(String text, int offset, int length) {
      held.append(text, offset, offset + length);
      sendIfMuch();
    }

    @Override
    public void flush() {
      send(held.length());
      try {
        stream.flush();
      } catch (IOException e) {
        failed(e);
      }
    }

    @Override
    public void close() {
      flush();
    }

    /** Whole lines: what belongs together, such as a pair of surrogates, is not torn. */
    private void sendIfMuch() {
      if (held.length() > ENOUGH) {
        send(held.lastIndexOf("\n") + 1);
      }
    }

    private void send(int length) {
      if (length == 0) {
        return;
      }
      String text = held.substring(0, length);
      held.delete(0, length);
      before.run();
      if (failure == null) {
        String safe = isColoured ? ForeignText.visibleOrColoured(text) : ForeignText.visible(text);
        try {
          stream.write(safe.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
          failed(e);
        }
      }
    }

    private void failed(IOException e) {
      if (failure == null) {
        failure = e;
      }
    }

    private OutputStream bytes() {
      return new OutputStream() {
        @Override
        public void write(int b) throws IOException {
          write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
          before.run();
          try {
            stream.write(bytes, offset, length);
          } catch (IOException e) {
            failed(e);
            throw e;
          }
        }
      };
    }
  }
}
