/**
 * Runs many workloads and makes files of what they find. Knows no engine and no test framework.
 * Campaigns run several threads of their own; everything else is an immutable value.
 */
@NullMarked
package dev.grantstore.equivalence.campaign;

import org.jspecify.annotations.NullMarked;
