package dev.grantstore.keyvalue;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * The moments between two steps that must look like one. A test ends the process at the first, the
 * second, and so on until none is left, and looks at what is found on reopening. Does nothing
 * unless the system property {@value #PROPERTY} says at which.
 */
public final class CrashPoint {
  /** Names the system property: the number of the moment to die at, from 1. */
  public static final String PROPERTY = "grantstore.crash.at";

  private static final int AT = Integer.getInteger(PROPERTY, 0);
  private static final AtomicInteger REACHED = new AtomicInteger();
  private static final int KILLED = 128 + 9;

  private CrashPoint() {}

  /** Says that a moment has come. */
  public static void reached() {
    if (AT > 0 && REACHED.incrementAndGet() == AT) {
      Runtime.getRuntime().halt(KILLED);
    }
  }
}
