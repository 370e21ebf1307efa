package dev.grantstore.equivalence.concurrent;

import dev.grantstore.BulkLoad;
import dev.grantstore.BulkLoadOptions;
import dev.grantstore.BulkPart;
import dev.grantstore.ForwardingGrantStore;
import dev.grantstore.Grant;
import dev.grantstore.GrantCursor;
import dev.grantstore.GrantPage;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantReader;
import dev.grantstore.GrantSnapshot;
import dev.grantstore.PageToken;
import dev.grantstore.equivalence.check.Answer;
import dev.grantstore.equivalence.check.Rows;
import dev.grantstore.equivalence.concurrent.Call.Effect;
import dev.grantstore.equivalence.replay.OpText;
import dev.grantstore.equivalence.run.SyncShape;
import dev.grantstore.equivalence.workload.Op;
import dev.grantstore.equivalence.workload.Payload;
import dev.grantstore.equivalence.workload.ResumeTokens;
import dev.grantstore.equivalence.workload.Row;
import dev.grantstore.equivalence.workload.Workload;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;

/** Does the operations of one lane, call by call. One thread. */
final class LaneCalls implements ProgramOps {
  /** What closing the store is called. */
  static final String CLOSE = "close";

  private static final Duration SETTLE = Duration.ofSeconds(10);
  private static final BulkLoadOptions LOAD =
      new BulkLoadOptions(BulkLoadOptions.MIN_MEMORY_BUDGET_BYTES, 1);

  /** Numbers of loads and parts are unlike those of other lanes. */
  private static final int MOST_OF_A_LANE = 1_000;

  private final Workload tables;
  private final int lane;
  private final Recorder to;

  /** Which load a sync is in, for lanes that would fill a part of it. */
  private final Map<Integer, Integer> loadOfSync;

  private int numbers;
  private String text = "";

  LaneCalls(Workload tables, int lane, Recorder to, Map<Integer, Integer> loadOfSync) {
    this.tables = tables;
    this.lane = lane;
    this.to = to;
    this.loadOfSync = loadOfSync;
  }

  /** {@return what {@code loadOfSync} is at first} */
  static Map<Integer, Integer> noLoads() {
    return new ConcurrentHashMap<>();
  }

  void run(List<Op> ops) {
    for (Op op : ops) {
      text = OpText.of(op);
      Answer unused = op.accept(this);
    }
  }

  @Override
  public Answer startSync(Op.StartSync op) {
    SyncShape shape = SyncShape.of(sync(op.sync()));
    return call(
        Effect.ALL,
        held ->
            Answer.syncs(
                List.of(held.store().startSync(sync(op.sync()), shape.type(), shape.startedAt()))));
  }

  @Override
  public Answer seal(Op.Seal op) {
    SyncShape shape = SyncShape.of(sync(op.sync()));
    return call(
        Effect.ALL,
        held -> Answer.syncs(List.of(held.store().seal(sync(op.sync()), shape.endedAt()))));
  }

  @Override
  public Answer drop(Op.Drop op) {
    return write(held -> held.drop(sync(op.sync())));
  }

  @Override
  public Answer put(Op.Put op) {
    Grant grant = tables.grant(op.row());
    return write(held -> held.store().put(sync(op.sync()), grant));
  }

  @Override
  public Answer putAll(Op.PutAll op) {
    List<Grant> grants = grants(op.rows());
    return write(held -> ResumeTokens.put(held.store(), sync(op.sync()), grants, op.resumeToken()));
  }

  @Override
  public Answer delete(Op.Delete op) {
    return write(held -> held.store().delete(sync(op.sync()), tables.ids().get(op.id())));
  }

  @Override
  public Answer deleteAll(Op.DeleteAll op) {
    List<String> ids = ids(op.ids());
    return write(held -> held.store().deleteAll(sync(op.sync()), ids));
  }

  /** Two moments: what has ended is looked for, and what of it has ended still is deleted. */
  @Override
  public Answer expire(Op.Expire op) {
    String syncId = sync(op.sync());
    Instant asOf = Payload.instant(op.asOf());
    int number = nextNumber();
    Call call = to.made(lane, text, Effect.ALL, held -> held.expire(number, syncId, asOf));
    if (!call.answer().isRefused()) {
      to.within(call, "look of " + text, held -> held.lookForEnded(number, syncId, asOf));
    }
    return call.answer();
  }

  @Override
  public Answer bulkLoad(Op.BulkLoad op) {
    return load(op.sync(), op.rows(), op.parts(), true);
  }

  @Override
  public Answer abandonedLoad(Op.AbandonedLoad op) {
    return load(op.sync(), op.rows(), op.parts(), false);
  }

  @Override
  public Answer listSyncs(Op.ListSyncs op) {
    Answer all = read(op.via(), "", reader -> Answer.syncs(reader.syncs()));
    for (String sync : tables.syncs()) {
      read(op.via(), " of=" + sync, reader -> Answer.syncs(reader.sync(sync).stream().toList()));
    }
    return all;
  }

  @Override
  public Answer get(Op.Get op) {
    return read(
        op.via(),
        "",
        reader ->
            new Answer(
                "ok", List.of(reader.get(sync(op.sync()), tables.ids().get(op.id()))), List.of()));
  }

  @Override
  public Answer getAll(Op.GetAll op) {
    List<String> ids = ids(op.ids());
    return read(
        op.via(), "", reader -> new Answer("ok", reader.getAll(sync(op.sync()), ids), List.of()));
  }

  @Override
  public Answer holds(Op.Holds op) {
    return read(
        op.via(),
        "",
        reader ->
            Answer.of(
                Boolean.toString(
                    reader.holds(
                        sync(op.sync()),
                        tables.principal(op.principal()),
                        tables.entitlement(op.entitlement())))));
  }

  @Override
  public Answer listRows(Op.ListRows op) {
    GrantQuery query = tables.query(op.sync(), op.ask());
    if (op.pageRows() == 0) {
      return read(op.via(), "", reader -> Rows.list(reader, query));
    }
    int slot = -1;
    Answer page = page(op.via(), slot, query, op.pageRows(), true);
    while (page.outcome().equals("more")) {
      page = page(op.via(), slot, query, op.pageRows(), false);
    }
    return page;
  }

  @Override
  public Answer page(Op.Page op) {
    return page(op.via(), op.token(), tables.query(op.sync(), op.ask()), op.limitRows(), true);
  }

  @Override
  public Answer resume(Op.Resume op) {
    Held.Token token = to.held().token(lane, op.token());
    return token == null
        ? Answer.SKIPPED
        : page(op.via(), op.token(), token.query(), op.limitRows(), false);
  }

  @Override
  public Answer openSnapshot(Op.OpenSnapshot op) {
    return write(
        held -> {
          GrantSnapshot whole = held.store().snapshot();
          held.keep(
              op.snapshot(),
              op.asOf() == 0
                  ? whole
                  : new ForwardingGrantStore.Snapshot(
                      whole.asOf(Payload.instant(op.asOf())), whole));
        });
  }

  @Override
  public Answer releaseSnapshot(Op.ReleaseSnapshot op) {
    return call(
        Effect.ALL,
        held -> {
          GrantSnapshot snapshot = held.snapshot(op.snapshot());
          if (snapshot == null) {
            return Answer.SKIPPED;
          }
          snapshot.close();
          return Answer.OK;
        });
  }

  /** What a cursor shows is the moment of this call: it matters where it stands. */
  @Override
  public Answer openCursor(Op.OpenCursor op) {
    GrantQuery query = tables.query(op.sync(), op.ask());
    return call(
        Effect.ALL,
        held -> {
          GrantReader reader = held.reader(op.via());
          if (reader == null) {
            return Answer.SKIPPED;
          }
          held.keep(lane, op.cursor(), reader.cursor(query));
          return Answer.OK;
        });
  }

  @Override
  public Answer nextRows(Op.NextRows op) {
    return call(
        Effect.LANE,
        held -> {
          GrantCursor cursor = held.cursor(lane, op.cursor());
          return cursor == null ? Answer.SKIPPED : Rows.next(cursor, op.rows());
        });
  }

  @Override
  public Answer closeCursor(Op.CloseCursor op) {
    return call(
        Effect.LANE,
        held -> {
          GrantCursor cursor = held.cursor(lane, op.cursor());
          if (cursor == null) {
            return Answer.SKIPPED;
          }
          cursor.close();
          return Answer.OK;
        });
  }

  @Override
  public Answer flush(Op.Flush op) {
    return done(Effect.NONE, held -> held.store().flush());
  }

  @Override
  public Answer settle(Op.Settle op) {
    return done(Effect.NONE, held -> held.store().settle(SETTLE));
  }

  @Override
  public Answer reopen(Op.Reopen op) {
    text = CLOSE;
    return write(Held::close);
  }

  /** Loads a sync; where another lane is loading it, fills parts of that load. */
  private Answer load(int sync, List<Row> rows, int parts, boolean commits) {
    Integer others = loadOfSync.get(sync);
    boolean isMine = others == null;
    int number = isMine ? nextNumber() : others;
    SyncShape shape = SyncShape.of(sync(sync));
    if (isMine) {
      Answer opened =
          piece(
              "open",
              Effect.ALL,
              held -> {
                held.keep(
                    number,
                    held.store().bulkLoad(sync(sync), shape.type(), shape.startedAt(), LOAD));
                return Answer.OK;
              });
      if (opened.isRefused()) {
        return opened;
      }
      loadOfSync.put(sync, number);
    }
    fill(number, rows, parts);
    if (!isMine) {
      return Answer.OK;
    }
    if (commits) {
      commit(number, shape);
    }
    loadOfSync.remove(sync, number);
    return piece(
        "close",
        Effect.ALL,
        held -> {
          BulkLoad load = held.load(number);
          if (load == null) {
            return Answer.SKIPPED;
          }
          load.close();
          return Answer.OK;
        });
  }

  /** Two moments: the load takes no more parts, and later its sync is there. */
  private void commit(int number, SyncShape shape) {
    Call commit =
        to.made(
            lane,
            "commit of " + text,
            Effect.ALL,
            held -> {
              BulkLoad load = held.load(number);
              return load == null
                  ? Answer.SKIPPED
                  : Answer.syncs(List.of(load.commit(shape.endedAt())));
            });
    if (!commit.answer().isRefused()) {
      to.within(
          commit,
          "begin of " + commit.text(),
          held -> {
            held.commits(number);
            return Answer.OK;
          });
    }
  }

  private void fill(int number, List<Row> rows, int count) {
    List<Integer> parts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int part = nextNumber();
      Answer opened =
          piece(
              "open part",
              Effect.ALL,
              held -> {
                BulkLoad load = held.loadThatFills(number);
                if (load == null) {
                  return Answer.SKIPPED;
                }
                held.keep(lane, part, load.openPart());
                return Answer.OK;
              });
      if (opened.equals(Answer.OK)) {
        parts.add(part);
      }
    }
    for (int i = 0; i < rows.size() && !parts.isEmpty(); i++) {
      Grant grant = tables.grant(rows.get(i));
      int part = parts.get(i % parts.size());
      partCall("add", Effect.LANE, part, one -> one.add(grant));
    }
    for (int part : parts) {
      partCall("close part", Effect.ALL, part, BulkPart::close);
    }
  }

  private void partCall(String what, Effect effect, int part, Consumer<BulkPart> call) {
    piece(
        what,
        effect,
        held -> {
          BulkPart open = held.part(lane, part);
          if (open == null) {
            return Answer.SKIPPED;
          }
          call.accept(open);
          return Answer.OK;
        });
  }

  private Answer page(int via, int slot, GrantQuery query, int limitRows, boolean fromStart) {
    return call(
        Effect.LANE,
        held -> {
          GrantReader reader = held.reader(via);
          Held.Token token = fromStart ? null : held.token(lane, slot);
          if (reader == null || (!fromStart && token == null)) {
            return Answer.SKIPPED;
          }
          GrantPage page =
              reader.page(query, limitRows, token == null ? PageToken.START : token.after());
          held.forgetToken(lane, slot);
          page.next().ifPresent(next -> held.keep(lane, slot, new Held.Token(query, next)));
          return Answer.rows(page.next().isPresent() ? "more" : "end", page.grants());
        });
  }

  private Answer read(int via, String more, Function<GrantReader, Answer> read) {
    return to.call(
        lane,
        text + more,
        Effect.NONE,
        held -> {
          GrantReader reader = held.reader(via);
          return reader == null ? Answer.SKIPPED : read.apply(reader);
        });
  }

  private Answer write(Consumer<Held> write) {
    return done(Effect.ALL, write);
  }

  private Answer done(Effect effect, Consumer<Held> what) {
    return call(
        effect,
        held -> {
          what.accept(held);
          return Answer.OK;
        });
  }

  private Answer call(Effect effect, Call.Action action) {
    return to.call(lane, text, effect, action);
  }

  private Answer piece(String what, Effect effect, Call.Action action) {
    return to.call(lane, what + " of " + text, effect, action);
  }

  private int nextNumber() {
    return lane * MOST_OF_A_LANE + numbers++;
  }

  private List<Grant> grants(List<Row> rows) {
    return rows.stream().map(tables::grant).toList();
  }

  private List<String> ids(List<Integer> indexes) {
    return indexes.stream().map(tables.ids()::get).toList();
  }

  private String sync(int index) {
    return tables.syncs().get(index);
  }
}
