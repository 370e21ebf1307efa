/**
 * Runs workloads against stores, compares what they answer, and reduces what fails. Knows no engine
 * and no test framework. Values are immutable; subjects and runs belong to one thread.
 */
@NullMarked
package dev.grantstore.equivalence.run;

import org.jspecify.annotations.NullMarked;
