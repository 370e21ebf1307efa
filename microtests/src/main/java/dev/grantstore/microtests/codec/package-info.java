/**
 * What the codecs cost: keys by hand against keys by reflection, and records in the engine's
 * encoding against those it was chosen over.
 */
@NullMarked
package dev.grantstore.microtests.codec;

import org.jspecify.annotations.NullMarked;
