package dev.grantstore.equivalence.replay;

import dev.grantstore.tool.ForeignText;
import java.util.Locale;

/** A replay file is not written as it must be; the message begins with line and column. */
public final class ReplaySyntaxException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int line;
  private final int column;

  /**
   * Says what is wrong, and where.
   *
   * @param line from 1
   * @param column from 1
   * @param problem in words; may quote the file, of which a line's worth is kept
   */
  public ReplaySyntaxException(int line, int column, String problem) {
    super(String.format(Locale.ROOT, "%d:%d: %s", line, column, ForeignText.excerpt(problem)));
    this.line = line;
    this.column = column;
  }

  /** {@return the line, from 1} */
  public int line() {
    return line;
  }

  /** {@return the column, from 1} */
  public int column() {
    return column;
  }
}
