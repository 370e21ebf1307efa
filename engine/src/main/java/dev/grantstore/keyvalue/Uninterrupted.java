package dev.grantstore.keyvalue;

/** Waits on through interrupts, for what must not go on before its time. */
final class Uninterrupted {
  /** Something that waits; begun anew when it was interrupted. */
  interface Wait {
    void run() throws InterruptedException;
  }

  private Uninterrupted() {}

  /** Waits, and leaves the interrupt for the caller to see. */
  static void await(Wait wait) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          wait.run();
          return;
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
