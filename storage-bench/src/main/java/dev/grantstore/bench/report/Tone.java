package dev.grantstore.bench.report;

/** What a text is meant to say, beside its words; colour only helps. */
public enum Tone {
  /** Nothing in particular. */
  NEUTRAL,
  /** Something stands out well, such as the fastest engine. */
  GOOD,
  /** Something to look at before using a figure. */
  DOUBTFUL,
  /** Something is wrong. */
  BAD
}
