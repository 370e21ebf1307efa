package dev.grantstore.bench.result;

import java.util.List;
import java.util.SortedMap;

/**
 * The store's own figures at one moment: the shape of its files, its memory.
 *
 * @param keyspaces one entry per keyspace, in the engine's order
 * @param memoryBytes what the engine holds outside the Java heap, as far as it says
 * @param engine further figures by the engine's own names
 */
public record StoreState(
    List<Keyspace> keyspaces, long memoryBytes, SortedMap<String, String> engine) {

  /**
   * The primary rows, or one index.
   *
   * @param name the engine's name for it
   * @param rowsEstimate about how many rows
   * @param fileBytes what its files take
   * @param files how many files
   */
  public record Keyspace(String name, long rowsEstimate, long fileBytes, int files) {
    /** Checks the bounds. */
    public Keyspace {
      Bounds.notNegative("fileBytes", fileBytes);
      Bounds.notNegative("files", files);
    }
  }

  /** Copies the list and checks the bounds. */
  public StoreState {
    keyspaces = List.copyOf(keyspaces);
    Bounds.notNegative("memoryBytes", memoryBytes);
  }
}
