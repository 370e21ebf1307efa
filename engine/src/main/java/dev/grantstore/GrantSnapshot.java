package dev.grantstore;

/**
 * All reads as of one moment, whatever is written, flushed, compacted, sealed or dropped meanwhile.
 * Thread-safe. Keeps old rows alive until closed. A store that closes ends its snapshots.
 */
public interface GrantSnapshot extends GrantReader, AutoCloseable {
  /** Releases the moment, and ends the cursors opened from it. Closing twice does nothing. */
  @Override
  void close();
}
