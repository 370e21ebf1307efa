package dev.grantstore.bench.result;

import java.time.Instant;

/**
 * Which grants were read.
 *
 * @param path the fixture's folder, or what stands for it
 * @param origin the specification, or the source it was imported from
 * @param syncId the sync
 * @param grants how many grants
 * @param digest their content digest; equal digests mean equal grants
 * @param generator what made it, with its version
 * @param createdAt when it was made
 * @param load how its grants were loaded, and with which durability
 */
public record FixtureFacts(
    String path,
    String origin,
    String syncId,
    long grants,
    String digest,
    String generator,
    Instant createdAt,
    String load) {
  /** Checks the bounds. */
  public FixtureFacts {
    Bounds.notNegative("grants", grants);
  }
}
