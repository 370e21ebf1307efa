package dev.grantstore.bench.benchmark;

import dev.grantstore.GrantQuery;
import dev.grantstore.fixture.manifest.Manifest.ExpectedRows;
import java.util.List;
import java.util.Locale;

/**
 * A list to ask for, and what it must give.
 *
 * @param query made before the clock starts
 * @param parts what its rows must be, one part after the other; at least one
 */
record ListKey(GrantQuery query, List<Part> parts) {
  /**
   * Rows that belong together.
   *
   * @param name as messages print it
   * @param expected what the rows add up to
   */
  record Part(String name, ExpectedRows expected) {}

  /** Copies the parts. */
  ListKey {
    parts = List.copyOf(parts);
  }

  /** A list of one part. */
  ListKey(String name, GrantQuery query, ExpectedRows expected) {
    this(query, List.of(new Part(name, expected)));
  }

  /** {@return the list as messages print it} */
  String name() {
    String first = parts.get(0).name();
    return parts.size() == 1
        ? first
        : String.format(Locale.ROOT, "%s and %d more", first, parts.size() - 1);
  }

  long rows() {
    return parts.stream().mapToLong(part -> part.expected().rows()).sum();
  }

  /** {@return the sum of all rows' ids} */
  long idSum() {
    return parts.stream().mapToLong(part -> part.expected().idSum()).sum();
  }
}
