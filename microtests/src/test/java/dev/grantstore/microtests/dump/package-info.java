/** Dumps of what workloads leave, which no module below sees whole. */
@NullMarked
package dev.grantstore.microtests.dump;

import org.jspecify.annotations.NullMarked;
