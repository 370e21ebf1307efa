package dev.grantstore.equivalence.planted;

import dev.grantstore.ForwardingGrantReader;
import dev.grantstore.Grant;
import dev.grantstore.GrantCursor;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantReader;
import java.util.ArrayList;
import java.util.List;

/** Asks a sound reader. */
class BugReader extends ForwardingGrantReader {
  BugReader(GrantReader asked) {
    super(asked);
  }

  /** {@return a whole list, as this reader's cursor shows it} */
  final List<Grant> list(GrantQuery query) {
    List<Grant> rows = new ArrayList<>();
    try (GrantCursor cursor = cursor(query)) {
      while (cursor.next()) {
        rows.add(cursor.grant());
      }
    }
    return rows;
  }
}
