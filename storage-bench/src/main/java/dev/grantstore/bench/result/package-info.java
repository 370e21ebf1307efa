/**
 * The one result model that every report is made from, and its JSON form.
 *
 * <p>Everything here is an immutable value; units stand in the names. It knows nothing of how the
 * figures were measured.
 */
@NullMarked
package dev.grantstore.bench.result;

import org.jspecify.annotations.NullMarked;
