package dev.grantstore.equivalence.planted;

import dev.grantstore.Grant;
import dev.grantstore.GrantReader;
import dev.grantstore.GrantStore;
import java.text.Normalizer;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Ids that are not kept as they are, so that two become one. */
final class TextBugs {
  static final List<PlantedBug> ALL =
      List.of(
          kept(
              "astral-ids-become-question-marks",
              "a character above U+FFFF is kept as a question mark",
              id -> id.replaceAll("[\\x{10000}-\\x{10ffff}]", "?")),
          kept("ids-end-at-nul", "an id is kept up to U+0000", TextBugs::upToNul),
          kept(
              "ids-normalised",
              "ids are kept in Unicode's composed form",
              id -> Normalizer.normalize(id, Normalizer.Form.NFC)),
          PlantedBug.overMemory(
              "put-finds-ids-in-any-case",
              "a put overwrites a grant whose id differs in case alone",
              TextBugs::overwritingInAnyCase),
          PlantedBug.inReads(
              "half-a-character-accepted",
              "a get takes an id with half a surrogate pair, and finds nothing",
              TextBugs::acceptingHalves));

  private TextBugs() {}

  private static PlantedBug kept(String name, String summary, UnaryOperator<String> change) {
    return PlantedBug.overMemory(name, summary, store -> new ChangedIds(store, change));
  }

  private static String upToNul(String id) {
    int nul = id.indexOf('\u0000', 1);
    return nul < 0 ? id : id.substring(0, nul);
  }

  private static GrantStore overwritingInAnyCase(GrantStore store) {
    return new BugStore(store) {
      @Override
      public void putAll(String syncId, Collection<Grant> grants) {
        super.putAll(syncId, grants);
        for (Grant grant : grants) {
          for (Grant other : stored(syncId)) {
            if (other.id().equalsIgnoreCase(grant.id()) && !other.id().equals(grant.id())) {
              super.deleteAll(syncId, List.of(other.id()));
            }
          }
        }
      }
    };
  }

  private static GrantReader acceptingHalves(GrantReader sound) {
    return new BugReader(sound) {
      @Override
      public Optional<Grant> get(String syncId, String grantId) {
        try {
          return super.get(syncId, grantId);
        } catch (IllegalArgumentException e) {
          if (grantId.isEmpty()) {
            throw e;
          }
          return Optional.empty();
        }
      }
    };
  }
}
