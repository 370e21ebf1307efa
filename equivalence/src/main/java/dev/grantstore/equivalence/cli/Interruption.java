package dev.grantstore.equivalence.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Tells a command that the process is to end, and lets it tidy up first. Thread-safe. */
final class Interruption implements AutoCloseable {
  private static final long LAST_WORDS_SECONDS = 60;

  private final AtomicBoolean requested = new AtomicBoolean();
  private final CountDownLatch ended = new CountDownLatch(1);
  private int code = ExitCode.ENVIRONMENT;
  private volatile boolean isOver;

  private Interruption() {}

  /** {@return one that never comes} */
  static Interruption never() {
    return new Interruption();
  }

  /** {@return that of this process; {@link #close} ends the process} */
  static Interruption ofProcess() {
    Interruption interruption = new Interruption();
    Runtime.getRuntime().addShutdownHook(new Thread(interruption::await, "shutdown"));
    return interruption;
  }

  /** Asks to end. */
  void request() {
    requested.set(true);
  }

  boolean isRequested() {
    return requested.get();
  }

  /** Says what the process shall end with. */
  void ended(int exitCode) {
    code = exitCode;
  }

  @Override
  public void close() {
    isOver = true;
    ended.countDown();
    System.exit(code);
  }

  private void await() {
    if (isOver) {
      return;
    }
    request();
    try {
      if (!ended.await(LAST_WORDS_SECONDS, TimeUnit.SECONDS)) {
        System.err.println("equiv: did not end in time; giving up");
      }
      // A signal has ended the process already, with a code of its own: ours says what was found.
      Runtime.getRuntime().halt(code);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
