package dev.grantstore.diff;

/** How a merge is made. All policies give the same sync and the same report. */
public enum MergePolicy {
  /** Loads the newest row of each id, of whatever source. Works for all stores. */
  REBUILD,

  /**
   * Takes the pages of the largest source as they are, and works the rows into them that other
   * sources have newer. Works where a store that packs sealed syncs is the target, and has or reads
   * the largest source too, which is not in a container.
   */
  FOLD,

  /**
   * Folds where it can, and where what is not in the largest source is few enough; rebuilds
   * otherwise.
   */
  AUTO
}
