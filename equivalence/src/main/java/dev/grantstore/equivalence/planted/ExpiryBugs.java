package dev.grantstore.equivalence.planted;

import dev.grantstore.BulkLoad;
import dev.grantstore.BulkLoadOptions;
import dev.grantstore.BulkPart;
import dev.grantstore.ForwardingGrantStore;
import dev.grantstore.Grant;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantReader;
import dev.grantstore.GrantStore;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Ends of grants that are lost, or another's. */
final class ExpiryBugs {
  static final List<PlantedBug> ALL =
      List.of(
          PayloadBugs.inPuts(
              "end-lost",
              "when a grant expires is not kept",
              g -> g.withExpiresAt(Optional.empty())),
          PayloadBugs.inPuts(
              "end-kept-to-the-second",
              "when a grant expires is kept to the second",
              g -> g.withExpiresAt(g.expiresAt().map(end -> end.truncatedTo(ChronoUnit.SECONDS)))),
          PlantedBug.overMemory(
              "end-outlives-a-put",
              "a grant that is put again keeps the end that it had",
              KeptEnds::new),
          PlantedBug.inReads(
              "end-lost-in-the-list-by-principal",
              "the list of a principal gives grants without their ends",
              ExpiryBugs::endless),
          PlantedBug.inReads(
              "end-of-the-row-behind",
              "in the list of an entitlement each grant has the end of the one behind it",
              ExpiryBugs::shifted),
          PlantedBug.overMemory(
              "end-lost-in-loads",
              "a bulk load does not keep when grants expire",
              EndlessLoads::new));

  private ExpiryBugs() {}

  private static GrantReader endless(GrantReader sound) {
    return new ListReader(sound) {
      @Override
      List<Grant> rows(GrantQuery query, List<Grant> right) {
        return query instanceof GrantQuery.ByPrincipal
            ? right.stream().map(grant -> grant.withExpiresAt(Optional.empty())).toList()
            : right;
      }
    };
  }

  private static GrantReader shifted(GrantReader sound) {
    return new ListReader(sound) {
      @Override
      List<Grant> rows(GrantQuery query, List<Grant> right) {
        if (!(query instanceof GrantQuery.ByEntitlement)) {
          return right;
        }
        List<Grant> rows = new ArrayList<>(right);
        for (int i = 0; i + 1 < rows.size(); i++) {
          rows.set(i, right.get(i).withExpiresAt(right.get(i + 1).expiresAt()));
        }
        return rows;
      }
    };
  }

  private static final class KeptEnds extends BugStore {
    KeptEnds(GrantStore store) {
      super(store);
    }

    @Override
    public void putAll(String syncId, Collection<Grant> grants) {
      super.putAll(syncId, grants.stream().map(grant -> kept(syncId, grant)).toList());
    }

    private Grant kept(String syncId, Grant grant) {
      Optional<Instant> before = stored(syncId, grant.id()).flatMap(Grant::expiresAt);
      return before.isPresent() ? grant.withExpiresAt(before) : grant;
    }
  }

  private static final class EndlessLoads extends BugStore {
    EndlessLoads(GrantStore store) {
      super(store);
    }

    @Override
    public BulkLoad bulkLoad(
        String syncId, String type, Instant startedAt, BulkLoadOptions options) {
      return new ForwardingGrantStore.Load(super.bulkLoad(syncId, type, startedAt, options)) {
        @Override
        protected void add(BulkPart part, int number, Grant grant) {
          part.add(grant.withExpiresAt(Optional.empty()));
        }
      };
    }
  }
}
