package dev.grantstore;

/** Whose the files of a checkpoint are. */
public enum CheckpointFiles {
  /**
   * The store's own, as far as the engine can share files that never change: hard links, which take
   * no room and next to no time. A file that is damaged on the disk is then damaged in both.
   */
  LINKED,
  /** The checkpoint's alone, all of them: also on another file system, and in its own room. */
  COPIED
}
