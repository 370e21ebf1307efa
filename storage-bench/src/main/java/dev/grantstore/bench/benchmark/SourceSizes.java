package dev.grantstore.bench.benchmark;

import java.util.Arrays;

/** How grants are dealt out to syncs. */
enum SourceSizes {
  /** As many to each. */
  SAME("equal syncs", "") {
    @Override
    double weight(int source) {
      return 1;
    }
  },
  /** To the sync of number r in proportion to 1/(r+1). */
  SKEWED("unequal syncs", "skew") {
    @Override
    double weight(int source) {
      return 1.0 / (source + 1);
    }
  },
  /** To the first 81 times as many as to each other: of ten syncs it has nine tenths. */
  FULL_AND_SMALL("syncs, a full one and small ones", "base") {
    @Override
    double weight(int source) {
      return source == 0 ? 81 : 1;
    }
  };

  /** Successive multiples of it are spread evenly, whatever their number. */
  private static final double GOLDEN = 0.6180339887498949;

  private final String words;
  private final String suffix;

  SourceSizes(String words, String suffix) {
    this.words = words;
    this.suffix = suffix;
  }

  abstract double weight(int source);

  /** {@return what is merged, as titles say it} */
  String words() {
    return words;
  }

  /** {@return what stands behind the benchmark's name} */
  String suffix() {
    return suffix;
  }

  /** {@return which sync a grant goes to: a function of its number, the same in every fork} */
  Dealing among(int sources) {
    double[] upTo = new double[sources];
    double sum = 0;
    for (int i = 0; i < sources; i++) {
      sum += weight(i);
      upTo[i] = sum;
    }
    double all = sum;
    return grant -> {
      double at = (grant * GOLDEN % 1) * all;
      int found = Arrays.binarySearch(upTo, at);
      return Math.min(sources - 1, found < 0 ? -found - 1 : found + 1);
    };
  }

  /** Which sync a grant goes to. */
  @FunctionalInterface
  interface Dealing {
    int sourceOf(long grant);
  }
}
