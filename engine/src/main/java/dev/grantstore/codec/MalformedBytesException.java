package dev.grantstore.codec;

/** Bytes are not what an encoder writes: says what is wrong, and where. */
public final class MalformedBytesException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param problem what is wrong
   * @param offset at which byte, counted from the start of the key or value
   */
  public MalformedBytesException(String problem, int offset) {
    super(problem + ": offset=" + offset);
  }

  /**
   * Creates an exception with a cause.
   *
   * @param problem what is wrong
   * @param cause what the parser threw
   */
  public MalformedBytesException(String problem, Throwable cause) {
    super(problem, cause);
  }
}
