package dev.grantstore.example;

import dev.grantstore.Grant;
import dev.grantstore.GrantStoreException;
import dev.grantstore.Ids;
import dev.grantstore.SyncRun;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Everything a store holds at one moment. Immutable. */
record Syncs(NavigableMap<String, Table> tables) {
  static final Syncs NONE = new Syncs(new TreeMap<>(Ids.ORDER));

  Syncs {
    tables = Collections.unmodifiableNavigableMap(new TreeMap<>(tables));
  }

  /** One sync and its grants by id. */
  record Table(SyncRun run, NavigableMap<String, Grant> grants) {
    Table {
      grants = Collections.unmodifiableNavigableMap(new TreeMap<>(grants));
    }

    static Table empty(SyncRun run) {
      return new Table(run, new TreeMap<>(Ids.ORDER));
    }
  }

  Table table(String syncId) {
    Table table = tables.get(Ids.checkSyncId(syncId));
    if (table == null) {
      throw GrantStoreException.syncUnknown(syncId);
    }
    return table;
  }

  Table openTable(String syncId) {
    Table table = table(syncId);
    if (table.run().state() == SyncRun.State.SEALED) {
      throw GrantStoreException.syncSealed(syncId);
    }
    return table;
  }

  Syncs with(Table table) {
    NavigableMap<String, Table> changed = new TreeMap<>(tables);
    changed.put(table.run().id(), table);
    return new Syncs(changed);
  }

  Syncs without(String syncId) {
    NavigableMap<String, Table> changed = new TreeMap<>(tables);
    changed.remove(table(syncId).run().id());
    return new Syncs(changed);
  }
}
