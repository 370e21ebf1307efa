package dev.grantstore.keyvalue;

import dev.grantstore.layout.FormatVersion;
import java.io.IOException;

/**
 * The steps from a store that is new, or of an earlier format, to one of the format of today, where
 * the database itself holds the format's number. Stateless.
 */
public final class FormatSteps {
  /**
   * The last step.
   *
   * @param <X> how the database fails
   */
  public interface Last<X extends Exception> {
    /**
     * Writes the number of the format of today.
     *
     * @throws X if the database fails
     * @throws IOException if a file does
     */
    void run() throws X, IOException;
  }

  private FormatSteps() {}

  /**
   * Takes the steps that are left, and then {@link KeyValueStore#tidy tidies} the store, which
   * nobody has been given yet.
   *
   * @param store open for writing
   * @param version as found
   * @param last not taken if the store is of today already
   * @param <X> how the database fails
   * @throws X if the database fails
   * @throws IOException if a file does
   */
  public static <X extends Exception> void take(KeyValueStore store, int version, Last<X> last)
      throws X, IOException {
    if (version < FormatVersion.MARKED) {
      store.makeFirst();
    }
    if (version < FormatVersion.CURRENT) {
      CrashPoint.reached();
      last.run();
    }
    store.tidy();
  }
}
