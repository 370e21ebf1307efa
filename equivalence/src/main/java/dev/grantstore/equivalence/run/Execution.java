package dev.grantstore.equivalence.run;

import dev.grantstore.BulkLoad;
import dev.grantstore.BulkLoadOptions;
import dev.grantstore.BulkPart;
import dev.grantstore.Durability;
import dev.grantstore.ForwardingGrantStore;
import dev.grantstore.Grant;
import dev.grantstore.GrantCursor;
import dev.grantstore.GrantPage;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantReader;
import dev.grantstore.GrantSnapshot;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStoreException;
import dev.grantstore.PageToken;
import dev.grantstore.Reason;
import dev.grantstore.SyncRun;
import dev.grantstore.equivalence.check.Answer;
import dev.grantstore.equivalence.check.Audit;
import dev.grantstore.equivalence.check.Rows;
import dev.grantstore.equivalence.workload.Op;
import dev.grantstore.equivalence.workload.OpVisitor;
import dev.grantstore.equivalence.workload.Payload;
import dev.grantstore.equivalence.workload.References;
import dev.grantstore.equivalence.workload.ResumeTokens;
import dev.grantstore.equivalence.workload.Row;
import dev.grantstore.equivalence.workload.Settings;
import dev.grantstore.equivalence.workload.Workload;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Does operations to one store, and answers what it answered. One thread. */
final class Execution implements OpVisitor<Answer> {
  private static final Duration SETTLE = Duration.ofMinutes(1);
  static final BulkLoadOptions LOAD =
      new BulkLoadOptions(BulkLoadOptions.MIN_MEMORY_BUDGET_BYTES, 1);

  private final Subject subject;
  private final Workload workload;
  private final boolean isDoubted;
  private final Slots slots = new Slots();
  private final References references;
  private Settings settings;
  private GrantStore store;
  private boolean lost;

  /** Syncs written since the last flush and not made durable by a seal or a drop. */
  private final Set<Integer> unflushed = new HashSet<>();

  /** Works out by itself what is done to whole syncs, if the store is not doubted. */
  Execution(Subject subject, Workload workload, boolean isDoubted) {
    this.subject = subject;
    this.isDoubted = isDoubted;
    this.workload = workload;
    this.references = new References(workload);
    this.settings = workload.settings().get(0);
    this.store = subject.open(settings);
  }

  GrantStore store() {
    return store;
  }

  Slots slots() {
    return slots;
  }

  /** {@return whether the store was closed and could not be opened again} */
  boolean isLost() {
    return lost;
  }

  @Override
  public Answer startSync(Op.StartSync op) {
    SyncShape shape = SyncShape.of(sync(op.sync()));
    SyncRun run = store.startSync(sync(op.sync()), shape.type(), shape.startedAt());
    unflushed.add(op.sync());
    return one(run);
  }

  @Override
  public Answer seal(Op.Seal op) {
    SyncRun run = store.seal(sync(op.sync()), SyncShape.of(sync(op.sync())).endedAt());
    unflushed.remove(op.sync());
    return one(run);
  }

  @Override
  public Answer drop(Op.Drop op) {
    store.drop(sync(op.sync()));
    unflushed.remove(op.sync());
    return Answer.OK;
  }

  @Override
  public Answer put(Op.Put op) {
    store.put(sync(op.sync()), grant(op.row()));
    return written(op.sync());
  }

  /** The batch is cleared afterwards: a store that kept it would be found out. */
  @Override
  public Answer putAll(Op.PutAll op) {
    List<Grant> batch = grants(op.rows());
    ResumeTokens.put(store, sync(op.sync()), batch, op.resumeToken());
    batch.clear();
    return written(op.sync());
  }

  @Override
  public Answer delete(Op.Delete op) {
    store.delete(sync(op.sync()), id(op.id()));
    return written(op.sync());
  }

  @Override
  public Answer deleteAll(Op.DeleteAll op) {
    List<String> batch = ids(op.ids());
    store.deleteAll(sync(op.sync()), batch);
    batch.clear();
    return written(op.sync());
  }

  @Override
  public Answer bulkLoad(Op.BulkLoad op) {
    SyncShape shape = SyncShape.of(sync(op.sync()));
    try (BulkLoad load = store.bulkLoad(sync(op.sync()), shape.type(), shape.startedAt(), LOAD)) {
      fill(load, op.rows(), op.parts());
      return one(load.commit(shape.endedAt()));
    }
  }

  @Override
  public Answer abandonedLoad(Op.AbandonedLoad op) {
    SyncShape shape = SyncShape.of(sync(op.sync()));
    try (BulkLoad load = store.bulkLoad(sync(op.sync()), shape.type(), shape.startedAt(), LOAD)) {
      fill(load, op.rows(), op.parts());
    }
    return Answer.OK;
  }

  /** The parts are opened all at once: which wins does not depend on which is filled first. */
  @Override
  public Answer openLoad(Op.OpenLoad op) {
    slots.closeLoad(op.load());
    SyncShape shape = SyncShape.of(sync(op.sync()));
    BulkLoad load = store.bulkLoad(sync(op.sync()), shape.type(), shape.startedAt(), LOAD);
    List<BulkPart> parts = new ArrayList<>();
    slots.keep(op.load(), new Slots.Load(load, parts, shape.endedAt()));
    for (int i = 0; i < op.parts(); i++) {
      parts.add(load.openPart());
    }
    return Answer.OK;
  }

  @Override
  public Answer fillLoad(Op.FillLoad op) {
    Slots.Load load = slots.load(op.load());
    if (load == null) {
      return Answer.SKIPPED;
    }
    BulkPart part = load.parts().get(op.part() % load.parts().size());
    grants(op.rows()).forEach(part::add);
    return Answer.OK;
  }

  @Override
  public Answer commitLoad(Op.CommitLoad op) {
    Slots.Load load = slots.load(op.load());
    if (load == null) {
      return Answer.SKIPPED;
    }
    try {
      for (int i = load.parts().size() - 1; i >= 0; i--) {
        load.parts().get(i).close();
      }
      return one(load.load().commit(load.endedAt()));
    } finally {
      slots.closeLoad(op.load());
    }
  }

  @Override
  public Answer abandonLoad(Op.AbandonLoad op) {
    return slots.closeLoad(op.load()) ? Answer.OK : Answer.SKIPPED;
  }

  @Override
  public Answer listSyncs(Op.ListSyncs op) {
    return via(
        op.via(),
        reader -> {
          List<SyncRun> syncs = new ArrayList<>(reader.syncs());
          workload.syncs().forEach(id -> reader.sync(id).ifPresent(syncs::add));
          return Answer.syncs(syncs);
        });
  }

  @Override
  public Answer get(Op.Get op) {
    return via(
        op.via(),
        reader -> {
          Optional<Grant> found = reader.get(sync(op.sync()), id(op.id()));
          boolean isSame = ViewedGrant.isSame(reader, sync(op.sync()), id(op.id()), found);
          return new Answer(isSame ? "ok" : "another grant in a view", List.of(found), List.of());
        });
  }

  @Override
  public Answer getAll(Op.GetAll op) {
    return via(
        op.via(),
        reader -> new Answer("ok", reader.getAll(sync(op.sync()), ids(op.ids())), List.of()));
  }

  @Override
  public Answer holds(Op.Holds op) {
    return via(
        op.via(),
        reader ->
            Answer.of(
                Boolean.toString(
                    reader.holds(
                        sync(op.sync()),
                        references.principal(op.principal()),
                        references.entitlement(op.entitlement())))));
  }

  @Override
  public Answer listRows(Op.ListRows op) {
    GrantQuery query = workload.query(op.sync(), op.ask());
    return via(
        op.via(),
        reader ->
            op.pageRows() == 0
                ? Rows.listBothWays(reader, query)
                : Rows.pages(reader, query, op.pageRows()));
  }

  @Override
  public Answer page(Op.Page op) {
    slots.forgetToken(op.token());
    GrantQuery query = workload.query(op.sync(), op.ask());
    return via(
        op.via(), reader -> page(reader, op.token(), query, op.limitRows(), PageToken.START));
  }

  @Override
  public Answer resume(Op.Resume op) {
    Slots.Token token = slots.token(op.token());
    if (token == null) {
      return Answer.SKIPPED;
    }
    return via(
        op.via(), reader -> page(reader, op.token(), token.query(), op.limitRows(), token.after()));
  }

  @Override
  public Answer openSnapshot(Op.OpenSnapshot op) {
    slots.release(op.snapshot());
    GrantSnapshot whole = store.snapshot();
    slots.keep(
        op.snapshot(),
        op.asOf() == 0
            ? whole
            : new ForwardingGrantStore.Snapshot(whole.asOf(Payload.instant(op.asOf())), whole));
    return Answer.OK;
  }

  @Override
  public Answer releaseSnapshot(Op.ReleaseSnapshot op) {
    return slots.release(op.snapshot()) ? Answer.OK : Answer.SKIPPED;
  }

  @Override
  public Answer openCursor(Op.OpenCursor op) {
    slots.closeCursor(op.cursor());
    return via(
        op.via(),
        reader -> {
          slots.keep(op.cursor(), reader.cursor(workload.query(op.sync(), op.ask())));
          return Answer.OK;
        });
  }

  @Override
  public Answer nextRows(Op.NextRows op) {
    GrantCursor cursor = slots.cursor(op.cursor());
    return cursor == null ? Answer.SKIPPED : Rows.next(cursor, op.rows());
  }

  @Override
  public Answer closeCursor(Op.CloseCursor op) {
    return slots.closeCursor(op.cursor()) ? Answer.OK : Answer.SKIPPED;
  }

  @Override
  public Answer flush(Op.Flush op) {
    store.flush();
    unflushed.clear();
    return Answer.OK;
  }

  @Override
  public Answer settle(Op.Settle op) {
    store.settle(SETTLE);
    unflushed.clear();
    return Answer.OK;
  }

  @Override
  public Answer reopen(Op.Reopen op) {
    settings = workload.settings().get(op.settings());
    return restart(reader -> Answer.OK, old -> subject.reopen(old, settings));
  }

  /** What is not promised to be kept is flushed first, and nothing else. */
  @Override
  public Answer crash(Op.Crash op) {
    if (!unflushed.isEmpty() && settings.durability().orElse(Durability.WAL) == Durability.BULK) {
      store.flush();
    }
    settings = workload.settings().get(op.settings());
    return restart(reader -> Answer.OK, old -> subject.crash(old, settings));
  }

  @Override
  public Answer openReadOnly(Op.OpenReadOnly op) {
    Answer view = restart(this::view, subject::openReadOnly);
    if (!subject.isForgetful()) {
      restart(reader -> Answer.OK, old -> subject.reopen(old, settings));
    }
    return view;
  }

  @Override
  public Answer bad(Op.Bad op) {
    return new BadCalls(store, sync(op.sync()), id(op.id())).make(op.call());
  }

  @Override
  public Answer ofSyncs(Op.OfSyncs op) {
    if (op instanceof Op.Expire expire) {
      unflushed.add(expire.sync());
    }
    return op.acceptOfSyncs(
        isDoubted ? new SyncCalls(store, workload, subject) : new PlainSyncs(store, workload));
  }

  /** Closing ends whatever is open, even where the store itself stays. */
  private Answer restart(Function<GrantReader, Answer> look, UnaryOperator<GrantStore> opening) {
    if (subject.isForgetful()) {
      slots.closeAll();
      return look.apply(store);
    }
    lost = true;
    store = opening.apply(store);
    lost = false;
    unflushed.clear();
    List<String> alive = slots.stillAlive();
    return alive.isEmpty() ? look.apply(store) : Answer.of("used after close: " + alive);
  }

  /** {@return everything there is, if none of it can be written} */
  private Answer view(GrantReader reader) {
    Answer content = Audit.content(reader);
    if (subject.isForgetful()) {
      return content;
    }
    try {
      store.startSync("read only", "", Instant.EPOCH);
      return Answer.of("written to a store that was opened to be read");
    } catch (GrantStoreException e) {
      return e.reason() == Reason.READ_ONLY ? content : Answer.refused(e);
    }
  }

  private Answer written(int sync) {
    unflushed.add(sync);
    return Answer.OK;
  }

  private Answer page(
      GrantReader reader, int slot, GrantQuery query, int limitRows, PageToken after) {
    GrantPage page = reader.page(query, limitRows, after);
    slots.forgetToken(slot);
    page.next().ifPresent(next -> slots.keep(slot, new Slots.Token(query, next)));
    return Answer.rows(page.next().isPresent() ? "more" : "end", page.grants());
  }

  private Answer via(int via, Function<GrantReader, Answer> read) {
    GrantReader reader = via == 0 ? store : slots.snapshot(via);
    return reader == null ? Answer.SKIPPED : read.apply(reader);
  }

  private Grant grant(Row row) {
    return Payload.grant(
        id(row.id()),
        references.entitlement(row.entitlement()),
        references.principal(row.principal()),
        row.value());
  }

  private void fill(BulkLoad load, List<Row> rows, int count) {
    List<BulkPart> parts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      parts.add(load.openPart());
    }
    for (int i = 0; i < rows.size(); i++) {
      parts.get(i % count).add(grant(rows.get(i)));
    }
    parts.forEach(BulkPart::close);
  }

  private List<Grant> grants(List<Row> rows) {
    List<Grant> grants = new ArrayList<>();
    rows.forEach(row -> grants.add(grant(row)));
    return grants;
  }

  private List<String> ids(List<Integer> indexes) {
    List<String> ids = new ArrayList<>();
    indexes.forEach(index -> ids.add(id(index)));
    return ids;
  }

  private String id(int index) {
    return workload.ids().get(index);
  }

  private String sync(int index) {
    return workload.syncs().get(index);
  }

  private static Answer one(SyncRun run) {
    return Answer.syncs(List.of(run));
  }
}
