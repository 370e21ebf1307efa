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
  O12,
  /** The calls of several threads could have been made one after the other. */
  O13,
  /** Other settings give the same answers. */
  R1,
  /** A batch, its parts and single writes give the same answers. */
  R2,
  /** Flushes, reopenings and snapshots in between change no answer. */
  R3,
  /** Crashes in between change no answer. */
  R4,
  /** Writes of what is there already, and deletes of what is not, change no answer. */
  R5,
  /** Two operations that have nothing to do with each other can go either way. */
  R6,
  /** Pages of other sizes, one after the other, are the same list. */
  R7,
  /** A sync answers alike however it was written. */
  R8,
  /** The same prefix before every id changes no answer but for the prefix. */
  R10,
  /** A snapshot, and a store opened for reading, answer as the store did. */
  R12,
  /** Two engines give the same answers. */
  R13,
  /** A sealed sync answers as it did before it was sealed. */
  R14,
  /** Whether and when grants expire changes no answer but for that. */
  R15,
  /** A sealed sync answers alike that went through a container; to read syncs changes none. */
  R16
}
