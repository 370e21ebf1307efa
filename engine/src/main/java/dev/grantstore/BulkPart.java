package dev.grantstore;

/**
 * A stretch of a bulk load's stream. One thread at a time: a call while another one is under way is
 * refused with {@link IllegalStateException} and spoils the load, which then cannot be committed.
 */
public interface BulkPart extends AutoCloseable {
  /**
   * Adds a grant.
   *
   * @param grant added; in any order
   * @throws IllegalStateException if the part or the load is closed, the part failed, or another
   *     thread is in it
   */
  void add(Grant grant);

  /** Ends the part; its grants are in the load. Closing twice does nothing. */
  @Override
  void close();
}
