package dev.grantstore;

/**
 * Walks over the entitlements of a sealed sync, each with what its grants add up to: all that have
 * grants, ordered by type, resource and id, each once.
 *
 * <p>Stands before the first until {@link #next} is called. Belongs to one thread at a time; a
 * store that closes ends it, and it throws {@link IllegalStateException} then.
 */
public interface EntitlementDigests extends AutoCloseable {
  /**
   * Moves to the next entitlement.
   *
   * @return false when there are no more; asking again gives false again
   * @throws GrantStoreException with {@link Reason#CORRUPTION} if they do not decode, or at the end
   *     do not add up to the sync's digest
   */
  boolean next();

  /** {@return the entitlement} */
  EntitlementRef entitlement();

  /** {@return what its grants add up to; of at least one} */
  ContentDigest digest();

  /** Gives it up. Closing twice does nothing. */
  @Override
  void close();
}
