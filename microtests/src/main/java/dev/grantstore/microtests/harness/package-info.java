/** What measuring costs: the clock, the histogram, and an engine that does nothing. For JMH. */
@NullMarked
package dev.grantstore.microtests.harness;

import org.jspecify.annotations.NullMarked;
