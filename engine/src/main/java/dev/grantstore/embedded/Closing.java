package dev.grantstore.embedded;

import org.jspecify.annotations.Nullable;

/** Closes many things: all of them, also when one fails. Stateless. */
public final class Closing {
  private Closing() {}

  /**
   * Closes all, in order, and then throws what the first failure was, with the later ones in it.
   *
   * @param closeables what to close, first to last
   * @param failed what to say of a failure that is a checked exception
   */
  public static void all(Iterable<? extends AutoCloseable> closeables, String failed) {
    RuntimeException first = null;
    for (AutoCloseable closeable : closeables) {
      first = and(first, closeable, failed);
    }
    if (first != null) {
      throw first;
    }
  }

  private static @Nullable RuntimeException and(
      @Nullable RuntimeException first, AutoCloseable closeable, String failed) {
    try {
      closeable.close();
      return first;
    } catch (Exception e) {
      RuntimeException wrapped =
          e instanceof RuntimeException already ? already : new IllegalStateException(failed, e);
      if (first == null) {
        return wrapped;
      }
      first.addSuppressed(wrapped);
      return first;
    }
  }
}
