package dev.grantstore;

import java.util.List;
import java.util.Optional;

/**
 * Rows and the token of the page after them, together. Immutable.
 *
 * @param grants the rows, in the query's order
 * @param next where the list goes on; empty exactly when these were the last rows
 */
public record GrantPage(List<Grant> grants, Optional<PageToken> next) {
  /** Copies the rows. */
  public GrantPage {
    grants = List.copyOf(grants);
    java.util.Objects.requireNonNull(next, "next");
  }
}
