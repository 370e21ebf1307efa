package dev.grantstore.equivalence.testkit;

import dev.grantstore.Grant;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantReader;
import dev.grantstore.SyncRun;
import java.util.ArrayList;
import java.util.List;

/** Everything a reader shows, to be compared before and after. */
record Content(List<SyncContent> syncs) {

  /** One sync: its state, its rows, and an index's answer. */
  record SyncContent(SyncRun run, List<Grant> grants, List<Grant> needingExpansion) {}

  static Content of(GrantReader reader) {
    List<SyncContent> syncs = new ArrayList<>();
    for (SyncRun run : reader.syncs()) {
      syncs.add(
          new SyncContent(
              run,
              Reads.scan(reader, run.id()),
              Reads.list(reader, new GrantQuery.NeedingExpansion(run.id()))));
    }
    return new Content(syncs);
  }
}
