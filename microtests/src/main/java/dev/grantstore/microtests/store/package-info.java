/** What calls of the store contract cost, engine beside engine. For JMH. */
@NullMarked
package dev.grantstore.microtests.store;

import org.jspecify.annotations.NullMarked;
