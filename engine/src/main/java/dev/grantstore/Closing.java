package dev.grantstore;

/** Closes many things: all of them, also when one fails. Stateless. */
public final class Closing {
  /** Many things that close as one. */
  public interface Together extends AutoCloseable {
    @Override
    void close();
  }

  private Closing() {}

  /**
   * {@return what closes all that is there by then, as {@link #all} does; for a try-with-resources,
   * which keeps the failure that came before}
   *
   * @param closeables what to close, first to last; may grow until then
   * @param failed what to say of a failure that is a checked exception
   */
  public static Together together(Iterable<? extends AutoCloseable> closeables, String failed) {
    return () -> all(closeables, failed);
  }

  /**
   * Closes all, in order, after a failure, which takes note of what fails now.
   *
   * @param because why they are closed
   * @param closeables what to close, first to last
   */
  public static void after(Throwable because, Iterable<? extends AutoCloseable> closeables) {
    for (AutoCloseable closeable : closeables) {
      try {
        closeable.close();
      } catch (Exception e) {
        because.addSuppressed(e);
      }
    }
  }

  /**
   * Closes all, in order, and then throws what the first failure was, with the later ones in it;
   * errors too, since what is left open stays locked.
   *
   * @param closeables what to close, first to last
   * @param failed what to say of a failure that is a checked exception
   */
  public static void all(Iterable<? extends AutoCloseable> closeables, String failed) {
    Throwable first = null;
    for (AutoCloseable closeable : closeables) {
      try {
        closeable.close();
      } catch (Throwable e) {
        Throwable unchecked =
            e instanceof RuntimeException || e instanceof Error
                ? e
                : new IllegalStateException(failed, e);
        if (first == null) {
          first = unchecked;
        } else if (first != unchecked) {
          first.addSuppressed(unchecked);
        }
      }
    }
    if (first instanceof Error error) {
      throw error;
    }
    if (first instanceof RuntimeException exception) {
      throw exception;
    }
  }
}
