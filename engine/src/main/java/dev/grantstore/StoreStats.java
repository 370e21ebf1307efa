package dev.grantstore;

import java.util.List;
import java.util.SortedMap;

/**
 * Sizes and engine figures at one moment. Immutable.
 *
 * @param keyspaces one entry per keyspace, in the engine's order
 * @param memoryBytes what the engine holds in memory outside the Java heap, as far as it says
 * @param engine further figures by the engine's own names
 */
public record StoreStats(
    List<Keyspace> keyspaces, long memoryBytes, SortedMap<String, String> engine) {

  /**
   * One keyspace: the primary rows, or an index.
   *
   * @param name the engine's name for it
   * @param rowsEstimate about how many rows; an estimate, never to be compared for equality
   * @param fileBytes what its files take on disk; what is only in memory or in the log is not in it
   * @param files how many files
   */
  public record Keyspace(String name, long rowsEstimate, long fileBytes, int files) {}

  /** Copies the list and the map. */
  public StoreStats {
    keyspaces = List.copyOf(keyspaces);
    engine = java.util.Collections.unmodifiableSortedMap(new java.util.TreeMap<>(engine));
  }

  /** {@return the file bytes of all keyspaces} */
  public long fileBytes() {
    return keyspaces.stream().mapToLong(Keyspace::fileBytes).sum();
  }
}
