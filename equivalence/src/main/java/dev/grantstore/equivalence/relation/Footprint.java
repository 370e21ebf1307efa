package dev.grantstore.equivalence.relation;

import dev.grantstore.equivalence.relation.Place.Area;
import dev.grantstore.equivalence.workload.Op;
import dev.grantstore.equivalence.workload.OpVisitor;
import dev.grantstore.equivalence.workload.Row;
import dev.grantstore.equivalence.workload.SyncOpVisitor;
import dev.grantstore.equivalence.workload.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What an operation reads and what it writes, at the most. Immutable.
 *
 * @param reads what its answer or its effect depends on
 * @param writes what it may change
 */
record Footprint(List<Place> reads, List<Place> writes) {
  private static final List<Place> NOTHING = List.of();
  private static final List<Place> EVERY_SYNC =
      List.of(Place.of(Area.SYNC, Place.ANY), Place.of(Area.ROWS, Place.ANY));
  private static final List<Place> EVERY_HANDLE =
      List.of(
          Place.of(Area.SNAPSHOT, Place.ANY),
          Place.of(Area.CURSOR, Place.ANY),
          Place.of(Area.LOAD, Place.ANY));

  /** {@return that of an operation} */
  static Footprint of(Op op, Workload workload) {
    return op.accept(new Tracing(workload));
  }

  /** {@return whether the two go either way: neither writes what the other reads or writes} */
  boolean commutesWith(Footprint other) {
    return !Place.overlap(writes, other.writes)
        && !Place.overlap(writes, other.reads)
        && !Place.overlap(reads, other.writes);
  }

  private record Tracing(Workload workload)
      implements OpVisitor<Footprint>, SyncOpVisitor<Footprint> {
    @Override
    public Footprint startSync(Op.StartSync op) {
      return new Footprint(free(op.sync()), wholeSync(op.sync()));
    }

    @Override
    public Footprint seal(Op.Seal op) {
      return new Footprint(NOTHING, wholeSync(op.sync()));
    }

    @Override
    public Footprint drop(Op.Drop op) {
      return new Footprint(NOTHING, wholeSync(op.sync()));
    }

    @Override
    public Footprint put(Op.Put op) {
      return write(op.sync(), Stream.of(op.row().id()));
    }

    @Override
    public Footprint putAll(Op.PutAll op) {
      Footprint rows = write(op.sync(), op.rows().stream().map(Row::id));
      if (op.resumeToken() == 0) {
        return rows;
      }
      List<Place> written = new ArrayList<>(rows.writes());
      written.add(Place.of(Area.SYNC, op.sync()));
      return new Footprint(rows.reads(), written);
    }

    @Override
    public Footprint delete(Op.Delete op) {
      return write(op.sync(), Stream.of(op.id()));
    }

    @Override
    public Footprint deleteAll(Op.DeleteAll op) {
      return write(op.sync(), op.ids().stream());
    }

    @Override
    public Footprint bulkLoad(Op.BulkLoad op) {
      return new Footprint(free(op.sync()), wholeSync(op.sync()));
    }

    @Override
    public Footprint abandonedLoad(Op.AbandonedLoad op) {
      return new Footprint(free(op.sync()), NOTHING);
    }

    /** What was in the slot is given up, whatever sync it was for. */
    @Override
    public Footprint openLoad(Op.OpenLoad op) {
      return new Footprint(free(op.sync()), List.of(Place.of(Area.LOAD, op.load())));
    }

    @Override
    public Footprint fillLoad(Op.FillLoad op) {
      return new Footprint(NOTHING, List.of(Place.of(Area.LOAD, op.load())));
    }

    @Override
    public Footprint commitLoad(Op.CommitLoad op) {
      List<Place> written = new ArrayList<>(EVERY_SYNC);
      written.add(Place.of(Area.LOAD, op.load()));
      return new Footprint(NOTHING, written);
    }

    @Override
    public Footprint abandonLoad(Op.AbandonLoad op) {
      return new Footprint(NOTHING, List.of(Place.of(Area.LOAD, op.load())));
    }

    @Override
    public Footprint listSyncs(Op.ListSyncs op) {
      return new Footprint(via(op.via(), List.of(Place.of(Area.SYNC, Place.ANY))), NOTHING);
    }

    @Override
    public Footprint get(Op.Get op) {
      return read(op.via(), op.sync(), Stream.of(op.id()));
    }

    @Override
    public Footprint getAll(Op.GetAll op) {
      return read(op.via(), op.sync(), op.ids().stream());
    }

    @Override
    public Footprint holds(Op.Holds op) {
      return new Footprint(via(op.via(), wholeSync(op.sync())), NOTHING);
    }

    @Override
    public Footprint listRows(Op.ListRows op) {
      return new Footprint(via(op.via(), wholeSync(op.sync())), NOTHING);
    }

    @Override
    public Footprint page(Op.Page op) {
      return new Footprint(
          via(op.via(), wholeSync(op.sync())), List.of(Place.of(Area.TOKEN, op.token())));
    }

    @Override
    public Footprint resume(Op.Resume op) {
      return new Footprint(via(op.via(), EVERY_SYNC), List.of(Place.of(Area.TOKEN, op.token())));
    }

    /** What was in the slot is closed, and the cursors opened from it with it. */
    @Override
    public Footprint openSnapshot(Op.OpenSnapshot op) {
      return new Footprint(EVERY_SYNC, snapshotSlot(op.snapshot()));
    }

    @Override
    public Footprint releaseSnapshot(Op.ReleaseSnapshot op) {
      return new Footprint(NOTHING, snapshotSlot(op.snapshot()));
    }

    @Override
    public Footprint openCursor(Op.OpenCursor op) {
      return new Footprint(
          via(op.via(), wholeSync(op.sync())), List.of(Place.of(Area.CURSOR, op.cursor())));
    }

    @Override
    public Footprint nextRows(Op.NextRows op) {
      return new Footprint(NOTHING, List.of(Place.of(Area.CURSOR, op.cursor())));
    }

    @Override
    public Footprint closeCursor(Op.CloseCursor op) {
      return new Footprint(NOTHING, List.of(Place.of(Area.CURSOR, op.cursor())));
    }

    @Override
    public Footprint flush(Op.Flush op) {
      return new Footprint(NOTHING, NOTHING);
    }

    @Override
    public Footprint settle(Op.Settle op) {
      return new Footprint(NOTHING, NOTHING);
    }

    @Override
    public Footprint reopen(Op.Reopen op) {
      return new Footprint(NOTHING, EVERY_HANDLE);
    }

    /** Nothing that is there goes by it: what is not promised to stay is flushed first. */
    @Override
    public Footprint crash(Op.Crash op) {
      return new Footprint(NOTHING, EVERY_HANDLE);
    }

    @Override
    public Footprint openReadOnly(Op.OpenReadOnly op) {
      return new Footprint(EVERY_SYNC, EVERY_HANDLE);
    }

    @Override
    public Footprint bad(Op.Bad op) {
      return new Footprint(EVERY_SYNC, NOTHING);
    }

    @Override
    public Footprint ofSyncs(Op.OfSyncs op) {
      return op.acceptOfSyncs(this);
    }

    @Override
    public Footprint expire(Op.Expire op) {
      return new Footprint(wholeSync(op.sync()), List.of(Place.of(Area.ROWS, op.sync())));
    }

    @Override
    public Footprint saveOpen(Op.SaveOpen op) {
      return new Footprint(EVERY_SYNC, NOTHING);
    }

    @Override
    public Footprint checkpoint(Op.Checkpoint op) {
      return new Footprint(EVERY_SYNC, NOTHING);
    }

    @Override
    public Footprint ingest(Op.Ingest op) {
      return copied(List.of(op.sync()), op.as());
    }

    @Override
    public Footprint merge(Op.Merge op) {
      return copied(op.sources(), op.as());
    }

    @Override
    public Footprint diff(Op.Diff op) {
      List<Place> read = new ArrayList<>(wholeSync(op.before()));
      read.addAll(wholeSync(op.after()));
      return new Footprint(read, NOTHING);
    }

    private static Footprint copied(List<Integer> from, int to) {
      List<Place> read = new ArrayList<>(free(to));
      from.forEach(sync -> read.addAll(wholeSync(sync)));
      return new Footprint(read, wholeSync(to));
    }

    private Footprint write(int sync, Stream<Integer> ids) {
      return new Footprint(List.of(Place.of(Area.SYNC, sync)), rows(sync, ids).toList());
    }

    private Footprint read(int via, int sync, Stream<Integer> ids) {
      Stream<Place> state = Stream.of(Place.of(Area.SYNC, sync));
      return new Footprint(via(via, Stream.concat(state, rows(sync, ids)).toList()), NOTHING);
    }

    private Stream<Place> rows(int sync, Stream<Integer> ids) {
      return ids.map(id -> new Place(Area.ROWS, sync, workload.ids().get(id)));
    }

    /** {@return whether a sync's id is free: it is not there, and no load has it} */
    private static List<Place> free(int sync) {
      return List.of(Place.of(Area.SYNC, sync), Place.of(Area.LOAD, Place.ANY));
    }

    private static List<Place> wholeSync(int sync) {
      return List.of(Place.of(Area.SYNC, sync), Place.of(Area.ROWS, sync));
    }

    private static List<Place> snapshotSlot(int slot) {
      return List.of(Place.of(Area.SNAPSHOT, slot), Place.of(Area.CURSOR, Place.ANY));
    }

    /** {@return what is read: of a snapshot, which nothing else changes, only that it is there} */
    private static List<Place> via(int via, List<Place> ofStore) {
      return via == 0 ? ofStore : List.of(Place.of(Area.SNAPSHOT, via));
    }
  }
}
