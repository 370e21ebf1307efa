/** What somebody outside this project sees of it. */
@NullMarked
package dev.grantstore.equivalence.outside;

import org.jspecify.annotations.NullMarked;
