package dev.grantstore.rocksdb;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.rocksdb.PerfContext;
import org.rocksdb.PerfLevel;
import org.rocksdb.RocksDB;

/**
 * RocksDB's perf context: what the reads of one thread spent their time on. It belongs to the
 * thread that asks, counts from the first time that it asked on, and slows that thread down, so it
 * is read only in stores that were opened with statistics.
 */
final class PerfFigures {
  private static final SortedMap<String, ToLongFunction<PerfContext>> FIGURES =
      new TreeMap<>(
          Map.of(
              "block-reads", PerfContext::getBlockReadCount,
              "block-read-bytes", PerfContext::getBlockReadByte,
              "block-read-nanos", PerfContext::getBlockReadTime,
              "block-checksum-nanos", PerfContext::getBlockChecksumTime,
              "block-decompress-nanos", PerfContext::getBlockDecompressTime,
              "block-seek-nanos", PerfContext::getBlockSeekNanos,
              "key-comparisons", PerfContext::getUserKeyComparisonCount,
              "bloom-hits", PerfContext::getBloomSstHitCount,
              "bloom-misses", PerfContext::getBloomSstMissCount,
              "keys-skipped", PerfContext::getInternalKeySkippedCount));

  private PerfFigures() {}

  /** Adds what this thread counted so far, and has it count from now on. */
  static void addTo(SortedMap<String, String> engine, RocksDB db) {
    db.setPerfLevel(PerfLevel.ENABLE_TIME);
    PerfContext context = db.getPerfContext();
    FIGURES.forEach(
        (name, figure) -> engine.put("perf." + name, Long.toString(figure.applyAsLong(context))));
  }
}
