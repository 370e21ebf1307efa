package dev.grantstore;

import java.time.Instant;
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
 */
public record SyncRun(
    String id,
    String type,
    Instant startedAt,
    Optional<Instant> endedAt,
    Optional<ContentDigest> digest) {

  /** Whether a sync can still be written. */
  public enum State {
    /** Can be written, sealed, dropped. */
    OPEN,
    /** Durable and immutable; can be dropped. */
    SEALED
  }

  /** Checks the ids, and that a sealed sync has both its end and its digest. */
  public SyncRun {
    Ids.checkSyncId(id);
    Ids.check("sync type", type);
    Objects.requireNonNull(startedAt, "startedAt");
    if (endedAt.isPresent() != digest.isPresent()) {
      throw new IllegalArgumentException("a sealed sync has both an end and a digest: id=" + id);
    }
  }

  /**
   * {@return an open sync}
   *
   * @param id names the sync
   * @param type what kind of run it is
   * @param startedAt when it starts
   */
  public static SyncRun open(String id, String type, Instant startedAt) {
    return new SyncRun(id, type, startedAt, Optional.empty(), Optional.empty());
  }

  /**
   * {@return this sync, sealed}
   *
   * @param at when it was sealed
   * @param content what it holds
   */
  public SyncRun sealed(Instant at, ContentDigest content) {
    return new SyncRun(id, type, startedAt, Optional.of(at), Optional.of(content));
  }

  /** {@return whether it can still be written} */
  public State state() {
    return digest.isPresent() ? State.SEALED : State.OPEN;
  }
}
