package dev.grantstore.equivalence.check;

/** What found a divergence. The names stand in failure signatures and replay files. */
public enum Oracle {
  /** The answer to one operation: every field, the order, whether there is more, the error. */
  O1,
  /** All syncs and all their grants. */
  O2,
  /** Every list agrees with the scan: no row too many, none missing, in the order promised. */
  O3,
  /** Pages of any size, one after the other, are the cursor's list. */
  O4,
  /** What a snapshot, or a cursor held open, answers. */
  O5,
  /** A batch is seen whole or not at all; a refused call changes nothing. */
  O6,
  /** What was there before closing is there after opening again. */
  O9,
  /** Closing works, and ends everything that was open. */
  O11,
  /** The workload did what makes it worth running. */
  O12
}
