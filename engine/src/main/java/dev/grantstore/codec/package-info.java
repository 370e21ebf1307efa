/**
 * Bytes from values and back: tuple keys ({@link dev.grantstore.codec.TupleWriter}) and record
 * values ({@link dev.grantstore.codec.RecordWriter}); {@link dev.grantstore.codec.CodecRegistry}
 * has a key codec for any record or protobuf message. Knows no store. Writers and readers are
 * reusable buffers for one thread; codecs are thread-safe.
 */
@NullMarked
package dev.grantstore.codec;

import org.jspecify.annotations.NullMarked;
