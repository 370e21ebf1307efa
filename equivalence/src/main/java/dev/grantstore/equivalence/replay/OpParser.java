package dev.grantstore.equivalence.replay;

import dev.grantstore.Suggestion;
import dev.grantstore.equivalence.workload.Op;
import dev.grantstore.equivalence.workload.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads one operation off a line. One thread. */
final class OpParser {
  private static final Map<String, Form> FORMS = forms();

  private final Tables tables;
  private final String text;
  private final int line;
  private int at;

  /** How one kind of operation is made of its attributes and rows. */
  private interface Form {
    Op read(Clause clause, List<Row> rows);
  }

  OpParser(Tables tables, String text, int line) {
    this.tables = tables;
    this.text = text;
    this.line = line;
  }

  Op parse() {
    String kind = word();
    if (!kind.isEmpty() && kind.chars().allMatch(c -> c >= '0' && c <= '9')) {
      kind = word();
    }
    int kindColumn = at - kind.length() + 1;
    Form form = FORMS.get(kind);
    if (form == null) {
      throw error(kindColumn, "unknown operation: " + kind + Suggestion.of(kind, FORMS.keySet()));
    }
    Clause clause = clause(kindColumn);
    List<Row> rows = rows();
    if (at < text.length()) {
      throw error(at + 1, "line goes on after its end");
    }
    Op op;
    try {
      op = form.read(clause, rows);
    } catch (IllegalArgumentException e) {
      throw error(kindColumn, String.valueOf(e.getMessage()));
    }
    clause.end();
    return op;
  }

  private static Map<String, Form> forms() {
    Map<String, Form> forms = new TreeMap<>();
    forms.put("startSync", (c, rows) -> new Op.StartSync(c.sync()));
    forms.put("seal", (c, rows) -> new Op.Seal(c.sync()));
    forms.put("drop", (c, rows) -> new Op.Drop(c.sync()));
    forms.put("put", (c, rows) -> new Op.Put(c.sync(), c.row()));
    forms.put("putAll", (c, rows) -> new Op.PutAll(c.sync(), rows, c.numberOr("resumeToken", 0)));
    forms.put("delete", (c, rows) -> new Op.Delete(c.sync(), c.id()));
    forms.put("deleteAll", (c, rows) -> new Op.DeleteAll(c.sync(), c.ids()));
    forms.put("bulkLoad", (c, rows) -> new Op.BulkLoad(c.sync(), rows, c.number("parts")));
    forms.put(
        "abandonedLoad", (c, rows) -> new Op.AbandonedLoad(c.sync(), rows, c.number("parts")));
    forms.put(
        "openLoad", (c, rows) -> new Op.OpenLoad(c.number("load"), c.sync(), c.number("parts")));
    forms.put("fillLoad", (c, rows) -> new Op.FillLoad(c.number("load"), c.number("part"), rows));
    forms.put("commitLoad", (c, rows) -> new Op.CommitLoad(c.number("load")));
    forms.put("abandonLoad", (c, rows) -> new Op.AbandonLoad(c.number("load")));
    forms.put("listSyncs", (c, rows) -> new Op.ListSyncs(c.via()));
    forms.put("get", (c, rows) -> new Op.Get(c.via(), c.sync(), c.id()));
    forms.put("getAll", (c, rows) -> new Op.GetAll(c.via(), c.sync(), c.ids()));
    forms.put(
        "holds", (c, rows) -> new Op.Holds(c.via(), c.sync(), c.principal(), c.entitlement()));
    forms.put(
        "listRows",
        (c, rows) -> new Op.ListRows(c.via(), c.sync(), c.ask(), c.numberOr("page", 0)));
    forms.put(
        "page",
        (c, rows) -> new Op.Page(c.number("token"), c.via(), c.sync(), c.ask(), c.number("limit")));
    forms.put("resume", (c, rows) -> new Op.Resume(c.number("token"), c.via(), c.number("limit")));
    forms.put(
        "openSnapshot",
        (c, rows) -> new Op.OpenSnapshot(c.number("snapshot"), c.numberOr("asOf", 0)));
    forms.put("releaseSnapshot", (c, rows) -> new Op.ReleaseSnapshot(c.number("snapshot")));
    forms.put(
        "openCursor",
        (c, rows) -> new Op.OpenCursor(c.number("cursor"), c.via(), c.sync(), c.ask()));
    forms.put("nextRows", (c, rows) -> new Op.NextRows(c.number("cursor"), c.number("rows")));
    forms.put("closeCursor", (c, rows) -> new Op.CloseCursor(c.number("cursor")));
    forms.put("flush", (c, rows) -> new Op.Flush());
    forms.put("settle", (c, rows) -> new Op.Settle());
    forms.put("reopen", (c, rows) -> new Op.Reopen(c.settings()));
    forms.put("crash", (c, rows) -> new Op.Crash(c.settings()));
    forms.put("openReadOnly", (c, rows) -> new Op.OpenReadOnly());
    forms.put("bad", (c, rows) -> new Op.Bad(c.call(), c.sync(), c.id()));
    ofSyncs(forms);
    return forms;
  }

  private static void ofSyncs(Map<String, Form> forms) {
    forms.put("expire", (c, rows) -> new Op.Expire(c.sync(), c.number("asOf")));
    forms.put("saveOpen", (c, rows) -> new Op.SaveOpen());
    forms.put("checkpoint", (c, rows) -> new Op.Checkpoint());
    forms.put("ingest", (c, rows) -> new Op.Ingest(c.sync(), c.sync("as")));
    forms.put(
        "merge",
        (c, rows) -> new Op.Merge(c.syncs("of"), c.numberOr("deletions", 0), c.sync("as")));
    forms.put("diff", (c, rows) -> new Op.Diff(c.sync(), c.sync("to")));
  }

  /** Words up to a bracket, a semicolon or the end. */
  private Clause clause(int column) {
    Clause clause = new Clause(tables, line, column);
    for (String word = word(); !word.isEmpty(); word = word()) {
      clause.add(word, at - word.length() + 1);
    }
    return clause;
  }

  private List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    if (!takes('[')) {
      return rows;
    }
    if (takes(']')) {
      return rows;
    }
    do {
      Clause row = clause(at + 1);
      rows.add(row.row());
      row.end();
    } while (takes(';'));
    if (!takes(']')) {
      throw error(at + 1, "batch is not closed by ]");
    }
    return rows;
  }

  /** {@return the next word, empty before a bracket, a semicolon or the end} */
  private String word() {
    skipSpaces();
    int from = at;
    while (at < text.length() && " \t[];".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    return text.substring(from, at);
  }

  private boolean takes(char wanted) {
    skipSpaces();
    boolean found = at < text.length() && text.charAt(at) == wanted;
    if (found) {
      at++;
      skipSpaces();
    }
    return found;
  }

  private void skipSpaces() {
    while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
      at++;
    }
  }

  private ReplaySyntaxException error(int column, String problem) {
    return new ReplaySyntaxException(line, column, problem);
  }
}
