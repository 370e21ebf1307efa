package dev.grantstore;

import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * One complete collection of grants and the state it is in. Immutable.
 *
 * @param id names the sync in its store
 * @param type what kind of run it was, in the writer's words; may be empty
 * @param startedAt when it was started
 * @param endedAt when it was sealed; empty while open
 * @param digest count and content, fixed by the seal; empty while open
 * @param resumeToken where whoever fills the sync goes on, in its own words; empty if none was
 *     stored, and once sealed
 */
public record SyncRun(
    String id,
    String type,
    Instant startedAt,
    Optional<Instant> endedAt,
    Optional<ContentDigest> digest,
    Optional<Bytes> resumeToken) {
  /** The longest resume token: it is written with each batch that comes after it, too. */
  public static final int MAX_RESUME_TOKEN_BYTES = 64 << 10;

  /** Whether a sync can still be written. */
  public enum State {
    /** Can be written, sealed, dropped. */
    OPEN,
    /** Durable and immutable; can be dropped. */
    SEALED
  }

  /** Checks the ids, and that a sealed sync has both its end and its digest, and no token. */
  public SyncRun {
    Ids.checkSyncId(id);
    Ids.check("sync type", type);
    Objects.requireNonNull(startedAt, "startedAt");
    if (endedAt.isPresent() != digest.isPresent()) {
      throw new IllegalArgumentException("a sealed sync has both an end and a digest: id=" + id);
    }
    resumeToken.ifPresent(SyncRun::checkResumeToken);
    if (digest.isPresent() && resumeToken.isPresent()) {
      throw new IllegalArgumentException("a sealed sync has no resume token: id=" + id);
    }
  }

  /**
   * Refuses a resume token that is too long.
   *
   * @param resumeToken may be empty
   * @return {@code resumeToken}
   * @throws IllegalArgumentException if it is over {@link #MAX_RESUME_TOKEN_BYTES}
   */
  public static Bytes checkResumeToken(Bytes resumeToken) {
    Objects.requireNonNull(resumeToken, "resume token");
    if (resumeToken.length() > MAX_RESUME_TOKEN_BYTES) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "resume token is too long: bytes=%d limit=%d",
              resumeToken.length(),
              MAX_RESUME_TOKEN_BYTES));
    }
    return resumeToken;
  }

  /**
   * {@return an open sync}
   *
   * @param id names the sync
   * @param type what kind of run it is
   * @param startedAt when it starts
   */
  public static SyncRun open(String id, String type, Instant startedAt) {
    return new SyncRun(id, type, startedAt, Optional.empty(), Optional.empty(), Optional.empty());
  }

  /**
   * {@return this open sync with another resume token}
   *
   * @param token where to go on; at most {@link #MAX_RESUME_TOKEN_BYTES}
   */
  public SyncRun resumingAt(Bytes token) {
    return new SyncRun(id, type, startedAt, endedAt, digest, Optional.of(token));
  }

  /**
   * {@return this sync, sealed, without a resume token}
   *
   * @param at when it was sealed
   * @param content what it holds
   */
  public SyncRun sealed(Instant at, ContentDigest content) {
    return new SyncRun(
        id, type, startedAt, Optional.of(at), Optional.of(content), Optional.empty());
  }

  /** {@return whether it can still be written} */
  public State state() {
    return digest.isPresent() ? State.SEALED : State.OPEN;
  }
}
