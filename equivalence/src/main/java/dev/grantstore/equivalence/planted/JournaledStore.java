package dev.grantstore.equivalence.planted;

import dev.grantstore.Grant;
import dev.grantstore.GrantStore;
import dev.grantstore.SyncRun;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A sound store that tells a journal what it writes. */
class JournaledStore extends BugStore {
  private final Journal journal;

  JournaledStore(GrantStore store, Journal journal) {
    super(store);
    this.journal = journal;
  }

  @Override
  public void putAll(String syncId, Collection<Grant> grants) {
    Map<String, Grant> last = new LinkedHashMap<>();
    grants.forEach(grant -> last.put(grant.id(), grant));
    List<Journal.Write> batch = new ArrayList<>();
    last.forEach(
        (id, grant) ->
            batch.add(new Journal.Write(syncId, id, stored(syncId, id), Optional.of(grant))));
    super.putAll(syncId, grants);
    journal.add(batch);
  }

  @Override
  public void deleteAll(String syncId, Collection<String> grantIds) {
    List<Journal.Write> batch = new ArrayList<>();
    for (String id : new LinkedHashSet<>(grantIds)) {
      batch.add(new Journal.Write(syncId, id, stored(syncId, id), Optional.empty()));
    }
    super.deleteAll(syncId, grantIds);
    journal.add(batch);
  }

  @Override
  public SyncRun seal(String syncId, Instant endedAt) {
    SyncRun sealed = super.seal(syncId, endedAt);
    journal.clear(syncId);
    return sealed;
  }

  @Override
  public void drop(String syncId) {
    super.drop(syncId);
    journal.clear(syncId);
  }

  @Override
  public void flush() {
    super.flush();
    journal.clear();
  }

  @Override
  public void settle(Duration timeout) {
    super.settle(timeout);
    journal.clear();
  }
}
