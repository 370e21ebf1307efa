package dev.grantstore;

/** A stretch of a bulk load's stream. One thread. */
public interface BulkPart extends AutoCloseable {
  /**
   * Adds a grant.
   *
   * @param grant added; in any order
   */
  void add(Grant grant);

  /** Ends the part; its grants are in the load. Closing twice does nothing. */
  @Override
  void close();
}
