package dev.grantstore.bench.benchmark;

import dev.grantstore.GrantStore;
import dev.grantstore.bench.measure.Ticker;
import dev.grantstore.bench.nullengine.NullStore;
import dev.grantstore.fixture.manifest.KeySample;
import dev.grantstore.fixture.manifest.Manifest.SyncEntry;

/**
 * What is measured: a sync of an open store, and what is known about it from elsewhere.
 *
 * @param measured the store that holds the sync
 * @param sync what the sync holds, according to the fixture's manifest
 * @param keys keys with the answers they must get
 * @param choice the grants to ask for one at a time
 * @param grants the sync's grants once more, for writing them
 * @param scratch makes stores to write into
 * @param cooling drops the store's files from the system's memory; called right before a cold loop,
 *     for an engine may have read all of them to open or to tell of itself
 * @param limited runs what is to be measured with less memory
 * @param slowdownPercent by how much every operation is prolonged on purpose; 0 for not at all
 * @param ticker tells the time
 */
public record Subject(
    MeasuredStore measured,
    SyncEntry sync,
    KeySample keys,
    GrantChoice choice,
    GrantFeed grants,
    ScratchStores scratch,
    Runnable cooling,
    LimitedJvms limited,
    double slowdownPercent,
    Ticker ticker) {
  /**
   * {@return the store that holds the sync; its owner closes it}
   *
   * @throws IllegalStateException if the benchmark opens it
   */
  public GrantStore store() {
    return measured.store();
  }

  /** {@return whether the null engine answers, whose answers are not to be compared} */
  public boolean isNull() {
    return measured.isOpen() && measured.store() instanceof NullStore;
  }

  /**
   * {@return the same, asked through another store}
   *
   * @param other holds the same sync
   */
  public Subject through(GrantStore other) {
    return new Subject(
        measured.through(other),
        sync,
        keys,
        choice,
        grants,
        scratch,
        cooling,
        limited,
        slowdownPercent,
        ticker);
  }

  /**
   * {@return the same with other grants to ask for}
   *
   * @param other chooses them
   */
  public Subject asking(GrantChoice other) {
    return new Subject(
        measured, sync, keys, other, grants, scratch, cooling, limited, slowdownPercent, ticker);
  }

  /** {@return the sync's id} */
  public String syncId() {
    return sync.id();
  }
}
