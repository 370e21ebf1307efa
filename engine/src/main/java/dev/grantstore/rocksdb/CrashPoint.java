package dev.grantstore.rocksdb;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * The moments between two steps that must look like one. A test ends the process at the first, the
 * second, and so on until none is left, and looks at what is found on reopening. Does nothing
 * unless the system property {@value #PROPERTY} says at which.
 */
final class CrashPoint {
  static final String PROPERTY = "grantstore.crash.at";

  private static final int AT = Integer.getInteger(PROPERTY, 0);
  private static final AtomicInteger REACHED = new AtomicInteger();
  private static final int KILLED = 128 + 9;

  private CrashPoint() {}

  static void reached() {
    if (AT > 0 && REACHED.incrementAndGet() == AT) {
      Runtime.getRuntime().halt(KILLED);
    }
  }
}
