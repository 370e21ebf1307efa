package dev.grantstore;

import java.nio.charset.CharacterCodingException;
import java.util.Locale;

/** Bytes were given as text and are not UTF-8; the message says where and why, in one line. */
public final class NotUtf8Exception extends CharacterCodingException {
  private static final long serialVersionUID = 1L;

  private final String problem;
  private final int offset;
  private final int line;
  private final int byteInLine;

  NotUtf8Exception(String problem, int offset, int line, int byteInLine) {
    this.problem = problem;
    this.offset = offset;
    this.line = line;
    this.byteInLine = byteInLine;
  }

  @Override
  public String getMessage() {
    return String.format(
        Locale.ROOT, "not valid UTF-8: line %d, byte %d: %s", line, byteInLine, problem);
  }

  /** {@return what is wrong there, without the place} */
  public String problem() {
    return problem;
  }

  /** {@return how many valid bytes stand before the first that is not} */
  public int offset() {
    return offset;
  }

  /** {@return the line of the first byte that is not valid, from 1; lines end with LF} */
  public int line() {
    return line;
  }

  /** {@return which byte of its line that is, from 1} */
  public int byteInLine() {
    return byteInLine;
  }
}
