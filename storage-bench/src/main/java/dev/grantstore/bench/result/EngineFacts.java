package dev.grantstore.bench.result;

import java.util.SortedMap;

/**
 * Which engine answered, and how it was opened.
 *
 * @param scheme the engine's name in a store address
 * @param version the engine's version
 * @param openMode how the fixture's store was opened
 * @param durability what a returned write survives, in scratch stores
 * @param cacheBytes memory for cached blocks
 * @param options further settings by the engine's own names
 * @param effectiveOptions what the engine says it runs with, by its own names
 */
public record EngineFacts(
    String scheme,
    String version,
    String openMode,
    String durability,
    long cacheBytes,
    SortedMap<String, String> options,
    SortedMap<String, String> effectiveOptions) {
  /** Checks the bounds. */
  public EngineFacts {
    Bounds.notNegative("cacheBytes", cacheBytes);
  }
}
