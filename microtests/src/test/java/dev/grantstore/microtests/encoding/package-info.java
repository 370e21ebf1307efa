/** Tests of the study of record encodings. */
@NullMarked
package dev.grantstore.microtests.encoding;

import org.jspecify.annotations.NullMarked;
