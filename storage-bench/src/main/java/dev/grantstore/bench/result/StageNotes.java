package dev.grantstore.bench.result;

/** Names of notes and figures of operations in stages, which more than one reader looks for. */
public final class StageNotes {
  /**
   * The note that says in words how an operation in stages is measured: what goes before, and how
   * often it is done. It takes the place of warm-up and duration, which others have.
   */
  public static final String HOW = "how";

  /** The note that says what the limits of memory hold for. */
  public static final String LIMITED = "limited";

  /** What figures begin with that are of a container, whichever engine filled it. */
  public static final String OF_CONTAINER = "container.";

  /** What each store more takes in memory, in KiB, where many are open. */
  public static final String RESIDENT_PER_STORE = "residentKiBPerFurtherStore";

  /** The note that says with how much memory a JVM died, where one did: {@code 128 MiB}. */
  public static final String DIED_AT = "died at";

  /** The note that says that less could be measured than was asked for, and why. */
  public static final String FEWER = "fewer";

  private StageNotes() {}
}
