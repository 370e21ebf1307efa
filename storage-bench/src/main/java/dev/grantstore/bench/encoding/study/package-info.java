/** Compares the encodings on grants: bytes, time, memory, damage noticed. One thread. */
@NullMarked
package dev.grantstore.bench.encoding.study;

import org.jspecify.annotations.NullMarked;
