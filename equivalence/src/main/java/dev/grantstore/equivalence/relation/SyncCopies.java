package dev.grantstore.equivalence.relation;

import dev.grantstore.BulkLoad;
import dev.grantstore.BulkLoadOptions;
import dev.grantstore.BulkPart;
import dev.grantstore.Grant;
import dev.grantstore.GrantCursor;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantStore;
import dev.grantstore.SyncRun;
import dev.grantstore.container.SaveOptions;
import dev.grantstore.container.SyncFiles;
import dev.grantstore.equivalence.check.Answer;
import dev.grantstore.equivalence.check.Audit;
import dev.grantstore.equivalence.check.Divergence;
import dev.grantstore.equivalence.check.History.Step;
import dev.grantstore.equivalence.check.Oracle;
import dev.grantstore.equivalence.workload.Workload;
import dev.grantstore.folder.LockedFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * R8 between two stores: every sync read through a cursor and written to a store that has none,
 * loaded if it is sealed and put if it is open. Of every other workload, sealed ones go by a
 * container.
 *
 * <p>A cursor gives whole grants, and equal grants written anew are the same sync: the same rows in
 * every list, the same digest. Where they differ, a cursor's grant is not the one that was written,
 * or one of the stores loses or changes part of it.
 */
public final class SyncCopies {
  /** What stands for the operation in signatures. */
  public static final String KIND = "copy";

  private static final BulkLoadOptions LOAD =
      new BulkLoadOptions(BulkLoadOptions.MIN_MEMORY_BUDGET_BYTES, 1);
  private static final int PAGE_ROWS = 2;

  private SyncCopies() {}

  /**
   * {@return the first difference between a store and its copy, or within the copy}
   *
   * @param subject the name of the store that is written
   * @param workload what was done to the first
   * @param from read
   * @param to written; it holds no sync
   */
  public static Optional<Divergence> first(
      String subject, Workload workload, GrantStore from, GrantStore to) {
    boolean isByContainer = workload.seed() % 2 != 0;
    for (SyncRun sync : from.syncs()) {
      if (isByContainer && sync.endedAt().isPresent()) {
        copyByContainer(sync, from, to);
      } else {
        copy(sync, from, to);
      }
    }
    Answer expected = Audit.content(from);
    Answer actual = Audit.content(to);
    int last = workload.ops().size();
    if (!actual.equals(expected)) {
      return Optional.of(
          new Divergence(subject, new Step(last, Oracle.R8, KIND, expected), actual));
    }
    return new Audit(workload)
        .contradiction(subject, last, to, PAGE_ROWS)
        .map(
            found ->
                new Divergence(
                    subject,
                    new Step(last, Oracle.R8, KIND, found.expected().answer()),
                    found.actual()));
  }

  private static void copyByContainer(SyncRun sync, GrantStore from, GrantStore to) {
    try (LockedFolder folder = LockedFolder.temporary(LockedFolder.fastPlace(), "syncs")) {
      Path file = folder.path().resolve("sync.gsync");
      SyncFiles.save(from, List.of(sync.id()), file, SaveOptions.defaults().withSorting(LOAD));
      SyncFiles.ingest(file, sync.id(), to, sync.id(), LOAD);
    } catch (IOException e) {
      throw new UncheckedIOException("folder for a container could not be made", e);
    }
  }

  private static void copy(SyncRun sync, GrantStore from, GrantStore to) {
    try (GrantCursor rows = from.cursor(new GrantQuery.Scan(sync.id()))) {
      if (sync.endedAt().isPresent()) {
        load(sync, sync.endedAt().get(), rows, to);
      } else {
        put(sync, rows, to);
      }
    }
  }

  private static void load(SyncRun sync, Instant endedAt, GrantCursor rows, GrantStore to) {
    try (BulkLoad load = to.bulkLoad(sync.id(), sync.type(), sync.startedAt(), LOAD)) {
      try (BulkPart part = load.openPart()) {
        while (rows.next()) {
          part.add(rows.grant());
        }
      }
      load.commit(endedAt);
    }
  }

  private static void put(SyncRun sync, GrantCursor rows, GrantStore to) {
    to.startSync(sync.id(), sync.type(), sync.startedAt());
    List<Grant> grants = new ArrayList<>();
    while (rows.next()) {
      grants.add(rows.grant());
    }
    if (sync.resumeToken().isPresent()) {
      to.putAll(sync.id(), grants, sync.resumeToken().get());
    } else {
      to.putAll(sync.id(), grants);
    }
  }
}
