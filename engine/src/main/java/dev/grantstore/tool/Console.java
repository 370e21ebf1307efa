package dev.grantstore.tool;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/**
 * Standard error: messages in lines of their own, and how far work is. On a terminal that is one
 * line, drawn again and again, never wider than the terminal; elsewhere a plain line now and then.
 * Control characters do not get through. Thread-safe.
 */
public final class Console {
  private static final long REDRAW_NANOS = 200_000_000L;
  private static final long PLAIN_NANOS = 10_000_000_000L;

  private final Output err;
  private final boolean isTerminal;
  private final IntSupplier columns;
  private final LongSupplier nanos;
  private String phase = "";
  private String unit = "";
  private long total = -1;
  private long rows = -1;
  private long begunAt;
  private long shownAt;
  private int width;
  private int drawn;

  /**
   * Creates a console.
   *
   * @param stream standard error
   * @param isTerminal whether that is a terminal
   * @param columns how wide it is
   * @param nanos a clock that only runs forwards
   */
  public Console(OutputStream stream, boolean isTerminal, IntSupplier columns, LongSupplier nanos) {
    this.err = new Output(stream, false, () -> {});
    this.isTerminal = isTerminal;
    this.columns = columns;
    this.nanos = nanos;
    this.shownAt = nanos.getAsLong();
  }

  /** {@return standard error, for what writes by itself} Never while a line is drawn. */
  public synchronized PrintWriter writer() {
    clear();
    return err;
  }

  /**
   * Says something, in one line. What a failure says goes through {@link Tool#message} first.
   *
   * @param line fixed text, then values
   */
  public synchronized void say(String line) {
    clear();
    err.println(Failures.line(line));
    err.flush();
  }

  /**
   * Says what the user should know although the work goes on.
   *
   * @param message one line
   */
  public void warn(String message) {
    say("warning: " + message);
  }

  /**
   * Work begins; what was begun before is done.
   *
   * @param what it does, such as {@code loading}
   * @param rowsTotal how many rows it is going to do; negative if unknown
   */
  public void phase(String what, long rowsTotal) {
    phase(what, rowsTotal, "grants");
  }

  /**
   * As {@link #phase(String, long)}, for what is counted otherwise.
   *
   * @param what it does
   * @param rowsTotal how many it is going to do; negative if unknown
   * @param rowUnit what they are
   */
  public synchronized void phase(String what, long rowsTotal, String rowUnit) {
    done();
    phase = what;
    unit = rowUnit;
    total = rowsTotal;
    begunAt = nanos.getAsLong();
    width = isTerminal ? columns.getAsInt() - 1 : 0;
    if (isTerminal || begunAt - shownAt >= PLAIN_NANOS) {
      show(what + " ...");
    }
  }

  /**
   * The work has got this far. Cheap.
   *
   * @param rowsDone rows of this phase so far
   */
  public synchronized void rows(long rowsDone) {
    rows = rowsDone;
    long now = nanos.getAsLong();
    if (now - shownAt >= (isTerminal ? REDRAW_NANOS : PLAIN_NANOS)) {
      show(line(rowsDone, (now - begunAt) / 1e9));
    }
  }

  /** All work that was begun is done: on a terminal the last line says so and stays. */
  public synchronized void done() {
    if (isTerminal && !phase.isEmpty()) {
      long all = Math.max(rows, total);
      show(all < 0 ? phase : line(all, (nanos.getAsLong() - begunAt) / 1e9));
      raw("\n");
      drawn = 0;
    }
    phase = "";
    rows = -1;
  }

  /** Takes the line away, so that something else can be printed. */
  public synchronized void clear() {
    if (drawn > 0) {
      raw("\r" + " ".repeat(drawn) + "\r");
      drawn = 0;
    }
  }

  private String line(long rowsDone, double seconds) {
    StringBuilder line = new StringBuilder(phase);
    line.append(String.format(Locale.ROOT, "  %,d", rowsDone));
    if (total > 0) {
      long percent = Math.min(100, 100 * rowsDone / total);
      line.append(String.format(Locale.ROOT, " of %,d (%d %%)", total, percent));
    }
    double rate = rowsDone / Math.max(1e-9, seconds);
    if (seconds >= 1e-3) {
      line.append(String.format(Locale.ROOT, "  %,.0f %s/s", rate, unit));
    }
    if (total > rowsDone && rowsDone > 0) {
      long left = Math.round((total - rowsDone) / rate);
      line.append(String.format(Locale.ROOT, "  %d:%02d left", left / 60, left % 60));
    }
    return line.toString();
  }

  private void show(String line) {
    shownAt = nanos.getAsLong();
    if (isTerminal) {
      String visible = ForeignText.excerpt(line);
      String cut = visible.substring(0, Math.min(width, visible.length()));
      raw("\r" + cut + " ".repeat(Math.max(0, drawn - cut.length())));
      drawn = cut.length();
    } else {
      err.println(line);
      err.flush();
    }
  }

  /** Past the escaping: what moves the cursor is ours. */
  private void raw(String text) {
    try {
      OutputStream bytes = err.bytes();
      bytes.write(text.getBytes(StandardCharsets.UTF_8));
      bytes.flush();
    } catch (IOException e) {
      // Nobody is there to be told.
      drawn = 0;
    }
  }
}
