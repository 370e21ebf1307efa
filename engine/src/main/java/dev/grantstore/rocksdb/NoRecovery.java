package dev.grantstore.rocksdb;

import org.rocksdb.AbstractEventListener;
import org.rocksdb.BackgroundErrorReason;
import org.rocksdb.Status;

/**
 * Forbids RocksDB to recover by itself from a flush or a merge that found the disk full.
 *
 * <p>A write that waits for such a flush would go on waiting while it recovers; and the recovery,
 * once it flushes, waits for that write: neither ever ends, even when there is room again. Without
 * it the write fails. The store takes no writes after one that failed, so nothing is lost.
 *
 * <p>rocksdbjni does not know all reasons for which RocksDB asks (5, a flush with an empty log, for
 * one). It then prints an exception instead of asking here, and takes that for a no as well.
 */
final class NoRecovery extends AbstractEventListener {
  NoRecovery() {
    super(EnabledEventCallback.ON_ERROR_RECOVERY_BEGIN);
  }

  @Override
  public boolean onErrorRecoveryBegin(BackgroundErrorReason reason, Status error) {
    return false;
  }
}
