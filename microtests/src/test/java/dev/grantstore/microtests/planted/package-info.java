/**
 * Bugs planted in our own sources, one at a time, and the checks that must find them. One thread.
 */
@NullMarked
package dev.grantstore.microtests.planted;

import org.jspecify.annotations.NullMarked;
