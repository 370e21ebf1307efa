package dev.grantstore.bench.measure;

/** A request to end soon, made from any thread, looked at by every loop. Thread-safe. */
public final class Halt {
  private volatile boolean requested;

  /** Starts without a request. */
  public Halt() {}

  /** Asks every loop to end after the operation it is in. Cannot be taken back. */
  public void request() {
    requested = true;
  }

  /** {@return whether somebody asked} */
  public boolean isRequested() {
    return requested;
  }
}
