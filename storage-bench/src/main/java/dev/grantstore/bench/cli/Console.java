package dev.grantstore.bench.cli;

import dev.grantstore.bench.measure.Halt;
import dev.grantstore.fixture.progress.Progress;
import java.io.PrintWriter;
import java.util.Locale;

/**
 * What is said on standard error while work goes on: each phase in a line of its own, and, on a
 * terminal only, how far it has got. No colours. Thread-safe.
 */
final class Console implements Progress {
  private static final long REDRAW_NANOS = 200_000_000L;

  private final PrintWriter err;
  private final boolean terminal;
  private final Halt halt;
  private String phase = "";
  private long rowsTotal = -1;
  private long drawnAt;
  private boolean lineIsOpen;

  /**
   * Creates a console.
   *
   * @param err standard error
   * @param terminal whether that is a terminal
   * @param halt ends work that asks {@link #cancelled}
   */
  Console(PrintWriter err, boolean terminal, Halt halt) {
    this.err = err;
    this.terminal = terminal;
    this.halt = halt;
  }

  @Override
  public synchronized void phase(String what, long total) {
    closeLine();
    phase = what;
    rowsTotal = total;
    drawnAt = System.nanoTime();
    if (terminal) {
      draw(what + " ...");
    } else {
      err.println(what);
      err.flush();
    }
  }

  @Override
  public synchronized void rows(long done) {
    long now = System.nanoTime();
    if (!terminal || now - drawnAt < REDRAW_NANOS) {
      return;
    }
    drawnAt = now;
    String share =
        rowsTotal > 0 ? String.format(Locale.ROOT, ", %d %%", 100 * done / rowsTotal) : "";
    draw(String.format(Locale.ROOT, "%s ... %,d rows%s", phase, done, share));
  }

  @Override
  public synchronized void warn(String message) {
    closeLine();
    err.println("warning: " + message);
    err.flush();
  }

  @Override
  public boolean cancelled() {
    return halt.isRequested();
  }

  /** Ends the line that progress is drawn in, so that something else can be printed. */
  synchronized void closeLine() {
    if (lineIsOpen) {
      err.println();
      err.flush();
      lineIsOpen = false;
    }
  }

  private void draw(String text) {
    err.print("\r" + text + "   ");
    err.flush();
    lineIsOpen = true;
  }
}
