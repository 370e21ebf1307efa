package dev.grantstore.equivalence.replay;

import dev.grantstore.equivalence.workload.Ask;
import dev.grantstore.equivalence.workload.Op;
import dev.grantstore.equivalence.workload.OpVisitor;
import dev.grantstore.equivalence.workload.Row;
import dev.grantstore.equivalence.workload.Row.EntitlementIds;
import dev.grantstore.equivalence.workload.Row.PrincipalIds;
import dev.grantstore.equivalence.workload.SyncOpVisitor;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Writes operations as replay files do, one on a line.
 *
 * <pre>
 * op    := kind (name '=' value)* ('[' row (';' row)* ']')?
 * row   := id=A ent=A/A/A prin=A/A value=N      (A: a name from the id table)
 * ids   := A ('*' times)? (',' A ('*' times)?)*
 *
 * putAll sync=S resumeToken=N [rows]    (N: a resume token, from 1; left out if none)
 * expire sync=S asOf=N                  (N: an instant, from 1)
 * saveOpen
 * checkpoint
 * ingest sync=S as=S                    (S: a name from the table of syncs)
 * merge of=S(,S)* deletions=N as=S      (N: which of them, from 1; left out if none)
 * diff sync=S to=S
 * </pre>
 */
public final class OpText implements OpVisitor<String>, SyncOpVisitor<String> {
  private static final int FEWEST_REPEATS = 4;
  private static final OpText WRITER = new OpText();

  private OpText() {}

  /**
   * {@return the operation on one line, without its number}
   *
   * @param op written
   */
  public static String of(Op op) {
    return op.kind() + op.accept(WRITER);
  }

  @Override
  public String startSync(Op.StartSync op) {
    return sync(op.sync());
  }

  @Override
  public String seal(Op.Seal op) {
    return sync(op.sync());
  }

  @Override
  public String drop(Op.Drop op) {
    return sync(op.sync());
  }

  @Override
  public String put(Op.Put op) {
    return sync(op.sync()) + " " + row(op.row());
  }

  @Override
  public String putAll(Op.PutAll op) {
    String token = op.resumeToken() == 0 ? "" : number("resumeToken", op.resumeToken());
    return sync(op.sync()) + token + rows(op.rows());
  }

  @Override
  public String delete(Op.Delete op) {
    return sync(op.sync()) + id(op.id());
  }

  @Override
  public String deleteAll(Op.DeleteAll op) {
    return sync(op.sync()) + ids(op.ids());
  }

  @Override
  public String bulkLoad(Op.BulkLoad op) {
    return sync(op.sync()) + number("parts", op.parts()) + rows(op.rows());
  }

  @Override
  public String abandonedLoad(Op.AbandonedLoad op) {
    return sync(op.sync()) + number("parts", op.parts()) + rows(op.rows());
  }

  @Override
  public String openLoad(Op.OpenLoad op) {
    return number("load", op.load()) + sync(op.sync()) + number("parts", op.parts());
  }

  @Override
  public String fillLoad(Op.FillLoad op) {
    return number("load", op.load()) + number("part", op.part()) + rows(op.rows());
  }

  @Override
  public String commitLoad(Op.CommitLoad op) {
    return number("load", op.load());
  }

  @Override
  public String abandonLoad(Op.AbandonLoad op) {
    return number("load", op.load());
  }

  @Override
  public String listSyncs(Op.ListSyncs op) {
    return via(op.via());
  }

  @Override
  public String get(Op.Get op) {
    return sync(op.sync()) + id(op.id()) + via(op.via());
  }

  @Override
  public String getAll(Op.GetAll op) {
    return sync(op.sync()) + ids(op.ids()) + via(op.via());
  }

  @Override
  public String holds(Op.Holds op) {
    return sync(op.sync())
        + " prin="
        + principal(op.principal())
        + " ent="
        + entitlement(op.entitlement())
        + via(op.via());
  }

  @Override
  public String listRows(Op.ListRows op) {
    return sync(op.sync()) + ask(op.ask()) + number("page", op.pageRows()) + via(op.via());
  }

  @Override
  public String page(Op.Page op) {
    return number("token", op.token())
        + sync(op.sync())
        + ask(op.ask())
        + number("limit", op.limitRows())
        + via(op.via());
  }

  @Override
  public String resume(Op.Resume op) {
    return number("token", op.token()) + number("limit", op.limitRows()) + via(op.via());
  }

  @Override
  public String openSnapshot(Op.OpenSnapshot op) {
    return number("snapshot", op.snapshot()) + (op.asOf() == 0 ? "" : number("asOf", op.asOf()));
  }

  @Override
  public String releaseSnapshot(Op.ReleaseSnapshot op) {
    return number("snapshot", op.snapshot());
  }

  @Override
  public String openCursor(Op.OpenCursor op) {
    return number("cursor", op.cursor()) + sync(op.sync()) + ask(op.ask()) + via(op.via());
  }

  @Override
  public String nextRows(Op.NextRows op) {
    return number("cursor", op.cursor()) + number("rows", op.rows());
  }

  @Override
  public String closeCursor(Op.CloseCursor op) {
    return number("cursor", op.cursor());
  }

  @Override
  public String flush(Op.Flush op) {
    return "";
  }

  @Override
  public String settle(Op.Settle op) {
    return "";
  }

  @Override
  public String reopen(Op.Reopen op) {
    return settings(op.settings());
  }

  @Override
  public String crash(Op.Crash op) {
    return settings(op.settings());
  }

  @Override
  public String openReadOnly(Op.OpenReadOnly op) {
    return "";
  }

  @Override
  public String bad(Op.Bad op) {
    return " call=" + op.call() + sync(op.sync()) + id(op.id());
  }

  @Override
  public String ofSyncs(Op.OfSyncs op) {
    return op.acceptOfSyncs(this);
  }

  @Override
  public String expire(Op.Expire op) {
    return sync(op.sync()) + number("asOf", op.asOf());
  }

  @Override
  public String saveOpen(Op.SaveOpen op) {
    return "";
  }

  @Override
  public String checkpoint(Op.Checkpoint op) {
    return "";
  }

  @Override
  public String ingest(Op.Ingest op) {
    return sync(op.sync()) + " as=" + Names.sync(op.as());
  }

  @Override
  public String merge(Op.Merge op) {
    return " of="
        + op.sources().stream().map(Names::sync).collect(Collectors.joining(","))
        + (op.deletions() == 0 ? "" : number("deletions", op.deletions()))
        + " as="
        + Names.sync(op.as());
  }

  @Override
  public String diff(Op.Diff op) {
    return sync(op.before()) + " to=" + Names.sync(op.after());
  }

  private static String rows(List<Row> rows) {
    return rows.stream().map(OpText::row).collect(Collectors.joining("; ", " [", "]"));
  }

  private static String row(Row row) {
    return String.format(
        Locale.ROOT,
        "id=%s ent=%s prin=%s value=%d",
        Names.id(row.id()),
        entitlement(row.entitlement()),
        principal(row.principal()),
        row.value());
  }

  private static String entitlement(EntitlementIds e) {
    return Names.id(e.type()) + "/" + Names.id(e.resource()) + "/" + Names.id(e.id());
  }

  private static String principal(PrincipalIds p) {
    return Names.id(p.type()) + "/" + Names.id(p.id());
  }

  private static String ask(Ask ask) {
    String ids =
        ask.each().stream()
            .map(one -> one.stream().map(Names::id).collect(Collectors.joining("/")))
            .collect(Collectors.joining(","));
    return " list=" + ask.kind().label() + (ids.isEmpty() ? "" : " of=" + ids);
  }

  private static String ids(List<Integer> ids) {
    StringBuilder out = new StringBuilder(" ids=");
    int from = 0;
    while (from < ids.size()) {
      int to = from + 1;
      while (to < ids.size() && ids.get(to).equals(ids.get(from))) {
        to++;
      }
      // In a row, a few are as short written out.
      int times = to - from < FEWEST_REPEATS ? 1 : to - from;
      out.append(from == 0 ? "" : ",").append(Names.id(ids.get(from)));
      out.append(times == 1 ? "" : "*" + times);
      from += times;
    }
    return out.toString();
  }

  private static String id(int index) {
    return " id=" + Names.id(index);
  }

  private static String sync(int index) {
    return " sync=" + Names.sync(index);
  }

  private static String settings(int index) {
    return index == 0 ? "" : " with=" + Names.settings(index);
  }

  private static String via(int via) {
    return via == 0 ? "" : number("via", via);
  }

  private static String number(String name, int number) {
    return " " + name + "=" + number;
  }
}
