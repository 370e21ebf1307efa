package dev.grantstore.equivalence.card;

import java.util.Objects;

/**
 * What an engine says of one capability that it may leave out.
 *
 * @param capability its name
 * @param isClaimed whether the engine claims it
 */
public record Claim(String capability, boolean isClaimed) {
  /** Refuses null. */
  public Claim {
    Objects.requireNonNull(capability, "capability");
  }
}
