package dev.grantstore.equivalence.workload;

/** Where each index into a workload's tables goes. */
public interface IndexMap {
  /**
   * {@return the new place of an id}
   *
   * @param index the old place
   */
  int id(int index);

  /**
   * {@return the new place of a sync}
   *
   * @param index the old place
   */
  int sync(int index);

  /**
   * {@return the new place of settings; the same, unless overridden}
   *
   * @param index the old place
   */
  default int settings(int index) {
    return index;
  }
}
