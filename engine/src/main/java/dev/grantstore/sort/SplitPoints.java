package dev.grantstore.sort;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Chooses keys that cut the rows of several runs into about equal parts. */
public final class SplitPoints {
  /** No part is meant to have fewer rows: it would not be worth a thread. */
  public static final int MIN_PART_ROWS = 1024;

  private static final int SAMPLES_PER_PART = 256;

  private SplitPoints() {}

  /**
   * {@return at most {@code parts - 1} keys, ascending and distinct, that cut all rows into about
   * equal parts} Part i goes from key i - 1 (inclusive) to key i (exclusive), with no bound at both
   * ends; so rows with equal keys are always in one part.
   *
   * <p>There are fewer parts if there are few rows or few distinct keys. Sizes are estimated from
   * samples, without reading files. No part is expected to be empty.
   *
   * @param runs open
   * @param parts how many are wanted, at least 1
   * @throws IllegalStateException if a run is closed
   */
  public static List<byte[]> choose(List<SortedRun> runs, int parts) {
    if (parts < 1) {
      throw new IllegalArgumentException("parts must be at least 1: " + parts);
    }
    long rows = runs.stream().mapToLong(SortedRun::rows).sum();
    int wanted = (int) Math.min(parts, rows / MIN_PART_ROWS);
    return wanted < 2 ? List.of() : cut(samples(runs, rows, wanted), rows, wanted);
  }

  private static List<KeySample> samples(List<SortedRun> runs, long rows, int parts) {
    List<KeySample> samples = new ArrayList<>();
    for (SortedRun run : runs) {
      double share = (double) run.rows() / rows;
      run.sample((int) Math.ceil(share * parts * SAMPLES_PER_PART) + 1, samples);
    }
    Collections.sort(samples);
    return samples;
  }

  /** Cuts where a key starts, as soon as the part has its share of the rows not yet in a part. */
  private static List<byte[]> cut(List<KeySample> samples, long rows, int parts) {
    List<byte[]> keys = new ArrayList<>();
    KeySample previous = samples.get(0);
    double due = (double) rows / parts;
    long rowsBefore = 0;
    for (KeySample sample : samples) {
      int partsLeft = parts - keys.size() - 1;
      if (partsLeft > 0 && rowsBefore >= due && sample.compareTo(previous) > 0) {
        keys.add(sample.key().clone());
        due = rowsBefore + (double) (rows - rowsBefore) / partsLeft;
      }
      rowsBefore += sample.rows();
      previous = sample;
    }
    return keys;
  }
}
