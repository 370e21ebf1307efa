package dev.grantstore.codec;

import dev.grantstore.Ids;

/**
 * The key of a row in the keyspaces {@code grants} and {@code needs_expansion}. Immutable.
 *
 * @param sync the sync's number
 * @param grantId the grant
 */
public record GrantsKey(@Unsigned int sync, String grantId) {
  /** Refuses an id that no grant has. */
  public GrantsKey {
    Ids.checkGrantId(grantId);
  }
}
