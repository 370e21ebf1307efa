/**
 * Bytes from values and back: tuple keys ({@link dev.grantstore.codec.TupleWriter}) and record
 * values ({@link dev.grantstore.codec.RecordWriter}). Knows no store. Writers and readers are
 * reusable buffers for one thread.
 */
@NullMarked
package dev.grantstore.codec;

import org.jspecify.annotations.NullMarked;
