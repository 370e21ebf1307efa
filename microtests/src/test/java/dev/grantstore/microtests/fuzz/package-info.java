/** Whatever any of our parsers is given: it is taken for what it says, or refused in our words. */
@NullMarked
package dev.grantstore.microtests.fuzz;

import org.jspecify.annotations.NullMarked;
