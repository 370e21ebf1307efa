package dev.grantstore.bench.benchmark;

import dev.grantstore.GrantStore;
import dev.grantstore.fixture.manifest.KeySample;
import dev.grantstore.fixture.manifest.SyncEntry;

/**
 * What is measured: a sync of an open store, and what is known about it from elsewhere.
 *
 * @param store holds the sync; its owner closes it
 * @param sync what the sync holds, according to the fixture's manifest
 * @param keys keys with the answers they must get
 * @param grants the sync's grants once more, for writing them
 * @param scratch makes stores to write into
 */
public record Subject(
    GrantStore store, SyncEntry sync, KeySample keys, GrantFeed grants, ScratchStores scratch) {
  /** {@return the sync's id} */
  public String syncId() {
    return sync.id();
  }
}
