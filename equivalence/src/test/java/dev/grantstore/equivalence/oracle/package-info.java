/**
 * What the contract says, worked out once more from the text of rfc/0001 alone: slowly, and with no
 * class of the engine computing anything that is expected. Values of the engine's API are read.
 */
@NullMarked
package dev.grantstore.equivalence.oracle;

import org.jspecify.annotations.NullMarked;
