/** Tests of the study of record encodings. */
@NullMarked
package dev.grantstore.bench.encoding;

import org.jspecify.annotations.NullMarked;
