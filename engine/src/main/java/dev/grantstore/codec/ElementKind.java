package dev.grantstore.codec;

/** How one field stands in a tuple. */
enum ElementKind {
  INT,
  UNSIGNED_INT,
  LONG,
  UNSIGNED_LONG,
  BOOLEAN,
  TEXT,
  BYTES,
  /** The fields of a record or a message, in place of it. */
  NESTED
}
