/** What encodings take and cost, on a sample of grants. One thread. */
@NullMarked
package dev.grantstore.microtests.encoding.study;

import org.jspecify.annotations.NullMarked;
