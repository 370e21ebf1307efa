package dev.grantstore.packed;

/** All pages and directories of a sync, to be written once. */
public interface PageSupply {
  /**
   * Writes them in the order of their keys.
   *
   * @param number the number that the sync has where they go
   * @param sink takes them
   * @throws Exception if they cannot be made or taken
   */
  void writeTo(int number, RowPacker.Sink<? extends Exception> sink) throws Exception;
}
