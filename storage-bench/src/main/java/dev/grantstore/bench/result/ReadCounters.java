package dev.grantstore.bench.result;

import java.util.SortedMap;

/**
 * What the engine counted in an extra pass that is not timed and starts with an empty block cache.
 *
 * @param ops operations of the pass
 * @param rows rows they returned
 * @param blockHits data blocks that were found in the cache
 * @param blockMisses data blocks that had to be read
 * @param nexts steps of the engine's iterators
 * @param perOp what else it counted, for each operation, by the engine's own names
 */
public record ReadCounters(
    long ops,
    long rows,
    long blockHits,
    long blockMisses,
    long nexts,
    SortedMap<String, Double> perOp) {
  /** Checks the bounds. */
  public ReadCounters {
    Bounds.notNegative("ops", ops);
    Bounds.notNegative("rows", rows);
    Bounds.notNegative("blockHits", blockHits);
    Bounds.notNegative("blockMisses", blockMisses);
    Bounds.notNegative("nexts", nexts);
    Bounds.finite("perOp", perOp);
  }

  /** {@return data blocks looked at, from cache or file, for each operation} */
  public double blocksPerOp() {
    return ops == 0 ? 0 : (double) (blockHits + blockMisses) / ops;
  }

  /** {@return data blocks looked at for each row; 0 where there were no rows} */
  public double blocksPerRow() {
    return rows == 0 ? 0 : (double) (blockHits + blockMisses) / rows;
  }

  /** {@return the share of those blocks that were in the cache, in percent} */
  public double cacheHitPercent() {
    long blocks = blockHits + blockMisses;
    return blocks == 0 ? 0 : 100.0 * blockHits / blocks;
  }
}
