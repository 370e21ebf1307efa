package dev.grantstore.bench.run;

/** Whose store answers. */
public enum AnsweringEngine {
  /** The store that the fixture holds. */
  OF_FIXTURE,
  /** A store in memory, which is filled from the fixture first. */
  MEMORY,
  /** The null engine: has one row and gives it whatever the question, so no answer is compared. */
  NULL
}
