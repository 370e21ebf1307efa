package dev.grantstore.equivalence.workload;

import dev.grantstore.equivalence.workload.Row.EntitlementIds;
import dev.grantstore.equivalence.workload.Row.PrincipalIds;
import java.util.List;

/**
 * One operation on a store, as data. Immutable.
 *
 * <p>Ids and syncs are indexes into the tables of the {@link Workload}. Snapshots, cursors, bulk
 * loads and page tokens stand in numbered slots; opening into a slot that is taken closes what was
 * there. An operation on an empty slot does nothing and counts as skipped, so every subsequence of
 * a workload is a workload. {@code via} says who answers a read: 0 the store, above that the
 * snapshot in that slot.
 */
public sealed interface Op {
  /**
   * {@return what the visitor answers for this operation}
   *
   * @param visitor asked by the method for this type
   * @param <R> what it answers
   */
  <R> R accept(OpVisitor<R> visitor);

  /** {@return the operation's name, as replay files write it} */
  default String kind() {
    String name = getClass().getSimpleName();
    return Character.toLowerCase(name.charAt(0)) + name.substring(1);
  }

  /** Starts a sync. */
  record StartSync(int sync) implements Op {
    @Override
    public <R> R accept(OpVisitor<R> visitor) {
      return visitor.startSync(this);
    }
  }

  /** Seals a sync. */
  record Seal(int sync) implements Op {
    @Override
    public <R> R accept(OpVisitor<R> visitor) {
      return visitor.seal(this);
    }
  }

  /** Drops a sync. */
  record Drop(int sync) implements Op {
    @Override
    public <R> R accept(OpVisitor<R> visitor) {
      return visitor.drop(this);
    }
  }

  /** Puts one grant. */
  record Put(int sync, Row row) implements Op {
    @Override
    public <R> R accept(OpVisitor<R> visitor) {
      return visitor.put(this);
    }
  }

  /**
   * Puts a batch; equal ids in it are meant. Unless {@code resumeToken} is 0, with the {@link
   * Payload#resumeToken} of that number.
   */
  record PutAll(int sync, List<Row> rows, int resumeToken) implements Op {
    /** Copies the rows, and checks the number of the token. */
    public PutAll {
      rows = List.copyOf(rows);
      if (resumeToken < 0 || resumeToken > Payload.RESUME_TOKENS) {
        throw new IllegalArgumentException(
            "resumeToken must be 0 to " + Payload.RESUME_TOKENS + ": " + resumeToken);
      }
    }

    /** Without a token. */
    public PutAll(int sync, List<Row> rows) {
      this(sync, rows, 0);
    }

    /** {@return the same batch with other rows} */
    public PutAll with(List<Row> others) {
      return new PutAll(sync, others, resumeToken);
    }

    @Override
    public <R> R accept(OpVisitor<R> visitor) {
      return visitor.putAll(this);
    }
  }

  /** Deletes one grant. */
  record Delete(int sync, int id) implements Op {
    @Override
    public <R> R accept(OpVisitor<R> visitor) {
      return visitor.delete(this);
    }
  }

  /** Deletes a batch. */
  record DeleteAll(int sync, List<Integer> ids) implements Op {
    /** Copies the ids. */
    public DeleteAll {
      ids = List.copyOf(ids);
    }

    @Override
    public <R> R accept(OpVisitor<R> visitor) {
      return visitor.deleteAll(this);
    }
  }

  /** Loads a whole sync; row n goes into part n modulo {@code parts}, in turn. */
  record BulkLoad(int sync, List<Row> rows, int parts) implements Op {
    /** Copies the rows and checks the number of parts. */
    public BulkLoad {
      rows = List.copyOf(rows);
      checkAtLeastOne("parts", parts);
    }

    @Override
    public <R> R accept(OpVisitor<R> visitor) {
      return visitor.bulkLoad(this);
    }
  }

  /** Fills a bulk load in the same way, and closes it without a commit. */
  record AbandonedLoad(int sync, List<Row> rows, int parts) implements Op {
    /** Copies the rows and checks the number of parts. */
    public AbandonedLoad {
      rows = List.copyOf(rows);
      checkAtLeastOne("parts", parts);
    }

    @Override
    public <R> R accept(OpVisitor<R> visitor) {
      return visitor.abandonedLoad(this);
    }
  }

  /** Opens a bulk load into a slot, and so many parts of it at once. */
  record OpenLoad(int load, int sync, int parts) implements Op {
    /** Checks the number of parts. */
    public OpenLoad {
      checkAtLeastOne("parts", parts);
    }

    @Override
    public <R> R accept(OpVisitor<R> visitor) {
      return visitor.openLoad(this);
    }
  }

  /** Adds grants to a part of the load in a slot, counted round: there are as many as opened. */
  record FillLoad(int load, int part, List<Row> rows) implements Op {
    /** Copies the rows and checks the part. */
    public FillLoad {
      rows = List.copyOf(rows);
      if (part < 0) {
        throw new IllegalArgumentException("part must not be negative: " + part);
      }
    }

    @Override
    public <R> R accept(OpVisitor<R> visitor) {
      return visitor.fillLoad(this);
    }
  }

  /** Closes the parts of the load in a slot, the last one first, and commits it. */
  record CommitLoad(int load) implements Op {
    @Override
    public <R> R accept(OpVisitor<R> visitor) {
      return visitor.commitLoad(this);
    }
  }

  /** Closes the load in a slot with its parts open and without a commit. */
  record AbandonLoad(int load) implements Op {
    @Override
    public <R> R accept(OpVisitor<R> visitor) {
      return visitor.abandonLoad(this);
    }
  }

  /** Asks for all syncs, and for each of the table's names. */
  record ListSyncs(int via) implements Op {
    @Override
    public <R> R accept(OpVisitor<R> visitor) {
      return visitor.listSyncs(this);
    }
  }

  /** Gets one grant. */
  record Get(int via, int sync, int id) implements Op {
    @Override
    public <R> R accept(OpVisitor<R> visitor) {
      return visitor.get(this);
    }
  }

  /** Gets several grants at once. */
  record GetAll(int via, int sync, List<Integer> ids) implements Op {
    /** Copies the ids. */
    public GetAll {
      ids = List.copyOf(ids);
    }

    @Override
    public <R> R accept(OpVisitor<R> visitor) {
      return visitor.getAll(this);
    }
  }

  /** Asks whether a principal holds an entitlement. */
  record Holds(int via, int sync, PrincipalIds principal, EntitlementIds entitlement)
      implements Op {
    @Override
    public <R> R accept(OpVisitor<R> visitor) {
      return visitor.holds(this);
    }
  }

  /** Reads a whole list, by a cursor if {@code pageRows} is 0, else in pages of that many rows. */
  record ListRows(int via, int sync, Ask ask, int pageRows) implements Op {
    /** Checks the page size. */
    public ListRows {
      if (pageRows < 0) {
        throw new IllegalArgumentException("page rows must not be negative: " + pageRows);
      }
    }

    @Override
    public <R> R accept(OpVisitor<R> visitor) {
      return visitor.listRows(this);
    }
  }

  /** Reads the first page of a list and keeps its token, if any, in a slot. */
  record Page(int token, int via, int sync, Ask ask, int limitRows) implements Op {
    /** Checks the page size. */
    public Page {
      checkAtLeastOne("limit", limitRows);
    }

    @Override
    public <R> R accept(OpVisitor<R> visitor) {
      return visitor.page(this);
    }
  }

  /** Reads the page after the token in a slot and keeps the next token there. */
  record Resume(int token, int via, int limitRows) implements Op {
    /** Checks the page size. */
    public Resume {
      checkAtLeastOne("limit", limitRows);
    }

    @Override
    public <R> R accept(OpVisitor<R> visitor) {
      return visitor.resume(this);
    }
  }

  /**
   * Takes a snapshot into a slot, from 1; unless {@code asOf} is 0, as of the {@link
   * Payload#instant} of that number.
   */
  record OpenSnapshot(int snapshot, int asOf) implements Op {
    /** Checks the slot, 0 is the store itself, and the number of the instant. */
    public OpenSnapshot {
      checkAtLeastOne("snapshot", snapshot);
      if (asOf < 0 || asOf > Payload.INSTANTS) {
        throw new IllegalArgumentException("asOf must be 0 to " + Payload.INSTANTS + ": " + asOf);
      }
    }

    /** Of all grants, expired or not. */
    public OpenSnapshot(int snapshot) {
      this(snapshot, 0);
    }

    @Override
    public <R> R accept(OpVisitor<R> visitor) {
      return visitor.openSnapshot(this);
    }
  }

  /** Closes the snapshot in a slot, and with it the cursors opened from it. */
  record ReleaseSnapshot(int snapshot) implements Op {
    @Override
    public <R> R accept(OpVisitor<R> visitor) {
      return visitor.releaseSnapshot(this);
    }
  }

  /** Opens a cursor into a slot. */
  record OpenCursor(int cursor, int via, int sync, Ask ask) implements Op {
    @Override
    public <R> R accept(OpVisitor<R> visitor) {
      return visitor.openCursor(this);
    }
  }

  /** Reads up to so many rows from the cursor in a slot. */
  record NextRows(int cursor, int rows) implements Op {
    @Override
    public <R> R accept(OpVisitor<R> visitor) {
      return visitor.nextRows(this);
    }
  }

  /** Closes the cursor in a slot. */
  record CloseCursor(int cursor) implements Op {
    @Override
    public <R> R accept(OpVisitor<R> visitor) {
      return visitor.closeCursor(this);
    }
  }

  /** Flushes. */
  record Flush() implements Op {
    @Override
    public <R> R accept(OpVisitor<R> visitor) {
      return visitor.flush(this);
    }
  }

  /** Flushes and waits for the engine's background work, compactions too. */
  record Settle() implements Op {
    @Override
    public <R> R accept(OpVisitor<R> visitor) {
      return visitor.settle(this);
    }
  }

  /**
   * Closes the store with whatever is open in it, and opens it again with other settings. A store
   * that forgets everything when closed stays open; only its snapshots and cursors end.
   */
  record Reopen(int settings) implements Op {
    @Override
    public <R> R accept(OpVisitor<R> visitor) {
      return visitor.reopen(this);
    }
  }

  /**
   * Opens what would be left if the process were killed now, with other settings. A store that
   * promises nothing before a flush is flushed first, so everything must be there.
   */
  record Crash(int settings) implements Op {
    @Override
    public <R> R accept(OpVisitor<R> visitor) {
      return visitor.crash(this);
    }
  }

  /** Closes the store, looks at it read-only, and opens it again as it was. */
  record OpenReadOnly() implements Op {
    @Override
    public <R> R accept(OpVisitor<R> visitor) {
      return visitor.openReadOnly(this);
    }
  }

  /** A call that must be refused and change nothing. */
  record Bad(BadCall call, int sync, int id) implements Op {
    @Override
    public <R> R accept(OpVisitor<R> visitor) {
      return visitor.bad(this);
    }
  }

  /** What is done to whole syncs. */
  sealed interface OfSyncs extends Op {
    /**
     * {@return what the visitor answers for this operation}
     *
     * @param visitor asked by the method for this type
     * @param <R> what it answers
     */
    <R> R acceptOfSyncs(SyncOpVisitor<R> visitor);

    @Override
    default <R> R accept(OpVisitor<R> visitor) {
      return visitor.ofSyncs(this);
    }
  }

  /** Deletes what has ended in an open sync by the {@link Payload#instant} of that number. */
  record Expire(int sync, int asOf) implements OfSyncs {
    /** Checks the number of the instant. */
    public Expire {
      if (asOf < 1 || asOf > Payload.INSTANTS) {
        throw new IllegalArgumentException("asOf must be 1 to " + Payload.INSTANTS + ": " + asOf);
      }
    }

    @Override
    public <R> R acceptOfSyncs(SyncOpVisitor<R> visitor) {
      return visitor.expire(this);
    }
  }

  /** Saves all sealed syncs as a container, and looks at all of it through a store on the file. */
  record SaveOpen() implements OfSyncs {
    @Override
    public <R> R acceptOfSyncs(SyncOpVisitor<R> visitor) {
      return visitor.saveOpen(this);
    }
  }

  /** Makes a checkpoint, looks at all of it through a store of its own, and writes to that. */
  record Checkpoint() implements OfSyncs {
    @Override
    public <R> R acceptOfSyncs(SyncOpVisitor<R> visitor) {
      return visitor.checkpoint(this);
    }
  }

  /** Saves a sealed sync as a container, and takes it out of that under another id. */
  record Ingest(int sync, int as) implements OfSyncs {
    @Override
    public <R> R acceptOfSyncs(SyncOpVisitor<R> visitor) {
      return visitor.ingest(this);
    }
  }

  /**
   * Merges sealed syncs into one of a new id; of those, the one of number {@code deletions}, from
   * 1, says what is gone, and none if that is 0.
   */
  record Merge(List<Integer> sources, int deletions, int as) implements OfSyncs {
    /** Copies the sources, and checks the number. */
    public Merge {
      sources = List.copyOf(sources);
      if (deletions < 0 || deletions > sources.size()) {
        throw new IllegalArgumentException(
            "deletions must be 0 to " + sources.size() + ": " + deletions);
      }
    }

    @Override
    public <R> R acceptOfSyncs(SyncOpVisitor<R> visitor) {
      return visitor.merge(this);
    }
  }

  /** Finds what differs from one sealed sync to another, and applies it to the first. */
  record Diff(int before, int after) implements OfSyncs {
    @Override
    public <R> R acceptOfSyncs(SyncOpVisitor<R> visitor) {
      return visitor.diff(this);
    }
  }

  private static void checkAtLeastOne(String name, int number) {
    if (number < 1) {
      throw new IllegalArgumentException(name + " must be at least 1: " + number);
    }
  }
}
