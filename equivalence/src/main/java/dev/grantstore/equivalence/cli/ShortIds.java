package dev.grantstore.equivalence.cli;

import dev.grantstore.GrantStores;
import dev.grantstore.Ids;
import java.util.List;

/** Which engines take shorter ids only than the contract allows, as they say themselves. */
final class ShortIds {
  private ShortIds() {}

  /** {@return those of some engines, by their schemes, that do not take the longest ids} */
  static List<String> areTakenOnlyBy(List<String> engines) {
    return engines.stream()
        .filter(engine -> GrantStores.engine(engine).mostIdBytes() < 2 * Ids.MAX_GRANT_IDS_BYTES)
        .toList();
  }
}
