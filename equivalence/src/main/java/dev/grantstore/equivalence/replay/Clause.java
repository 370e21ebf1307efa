package dev.grantstore.equivalence.replay;

import dev.grantstore.GrantReader;
import dev.grantstore.GrantStore;
import dev.grantstore.Suggestion;
import dev.grantstore.equivalence.workload.Ask;
import dev.grantstore.equivalence.workload.BadCall;
import dev.grantstore.equivalence.workload.QueryKind;
import dev.grantstore.equivalence.workload.Row;
import dev.grantstore.equivalence.workload.Row.EntitlementIds;
import dev.grantstore.equivalence.workload.Row.PrincipalIds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Names and values that stand together, taken out one by one; what is left over is an error. */
final class Clause {
  private static final int MOST_IDS = GrantStore.MAX_BATCH_ROWS;

  private final Tables tables;
  private final int line;
  private final int column;
  private final Map<String, Value> values = new LinkedHashMap<>();

  /** A value and where it begins. */
  private record Value(String text, int column) {}

  Clause(Tables tables, int line, int column) {
    this.tables = tables;
    this.line = line;
    this.column = column;
  }

  /** Takes in one word, {@code name=value}. */
  void add(String word, int at) {
    int equals = word.indexOf('=');
    if (equals < 1) {
      throw error(at, "not name=value: " + word);
    }
    String name = word.substring(0, equals);
    Value value = new Value(word.substring(equals + 1), at + equals + 1);
    if (values.put(name, value) != null) {
      throw error(at, "attribute stands twice: " + name);
    }
  }

  int sync() {
    return sync("sync");
  }

  int sync(String name) {
    Value value = take(name);
    return sync(value.text(), value.column());
  }

  /** {@return one sync or more, with commas between} */
  List<Integer> syncs(String name) {
    Value value = take(name);
    List<Integer> syncs = new ArrayList<>();
    int column = value.column();
    for (String sync : value.text().split(",", -1)) {
      syncs.add(sync(sync, column));
      column += sync.length() + 1;
    }
    return syncs;
  }

  private int sync(String text, int column) {
    Integer index = tables.sync(text);
    if (index == null) {
      throw error(column, "sync is not in the table: " + text);
    }
    return index;
  }

  int settings() {
    if (!values.containsKey("with")) {
      return 0;
    }
    Value value = take("with");
    Integer index = tables.settings(value.text());
    if (index == null) {
      throw error(value.column(), "settings are not in the table: " + value.text());
    }
    return index;
  }

  int id() {
    Value value = take("id");
    return id(value.text(), value.column());
  }

  List<Integer> ids() {
    Value value = take("ids");
    return value.text().isEmpty() ? List.of() : split(value, ',', MOST_IDS);
  }

  EntitlementIds entitlement() {
    List<Integer> ids = exactly(3, take("ent"));
    return new EntitlementIds(ids.get(0), ids.get(1), ids.get(2));
  }

  PrincipalIds principal() {
    List<Integer> ids = exactly(2, take("prin"));
    return new PrincipalIds(ids.get(0), ids.get(1));
  }

  Row row() {
    Value value = values.getOrDefault("value", new Value("0", column));
    int id = id();
    EntitlementIds entitlement = entitlement();
    PrincipalIds principal = principal();
    int number = numberOr("value", 0);
    try {
      return new Row(id, entitlement, principal, number);
    } catch (IllegalArgumentException e) {
      throw error(value.column(), String.valueOf(e.getMessage()));
    }
  }

  Ask ask() {
    Value list = take("list");
    for (QueryKind kind : QueryKind.values()) {
      if (kind.label().equals(list.text())) {
        return new Ask(kind, asked(kind));
      }
    }
    List<String> known = Arrays.stream(QueryKind.values()).map(QueryKind::label).toList();
    throw error(list.column(), "unknown list: " + list.text() + Suggestion.of(list.text(), known));
  }

  private List<Integer> asked(QueryKind kind) {
    if (!kind.isMany()) {
      return kind.ids() == 0 ? List.of() : exactly(kind.ids(), take("of"));
    }
    List<Integer> ids = new ArrayList<>();
    if (values.containsKey("of")) {
      Value all = take("of");
      int column = all.column();
      for (String one : all.text().split(",", -1)) {
        if (ids.size() == kind.ids() * GrantReader.MAX_LISTED_ENTITLEMENTS) {
          throw error(column, "asks for too many, most=" + GrantReader.MAX_LISTED_ENTITLEMENTS);
        }
        ids.addAll(exactly(kind.ids(), new Value(one, column)));
        column += one.length() + 1;
      }
    }
    return ids;
  }

  BadCall call() {
    Value value = take("call");
    for (BadCall call : BadCall.values()) {
      if (call.name().equals(value.text())) {
        return call;
      }
    }
    throw error(value.column(), "unknown bad call: " + value.text());
  }

  int via() {
    return numberOr("via", 0);
  }

  int numberOr(String name, int otherwise) {
    return values.containsKey(name) ? number(name) : otherwise;
  }

  int number(String name) {
    Value value = take(name);
    try {
      int number = Integer.parseInt(value.text());
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      // told below
    }
    throw error(value.column(), "not a whole number of at least 0: " + value.text());
  }

  /** Refuses what nobody asked for. */
  void end() {
    for (Map.Entry<String, Value> left : values.entrySet()) {
      int at = left.getValue().column() - left.getKey().length() - 1;
      throw error(at, "unknown attribute: " + left.getKey());
    }
  }

  private Value take(String name) {
    Value value = values.remove(name);
    if (value == null) {
      throw error(column, "attribute is missing: " + name);
    }
    return value;
  }

  private List<Integer> exactly(int count, Value value) {
    List<Integer> ids = split(value, '/', count);
    if (ids.size() != count) {
      throw error(
          value.column(), String.format(Locale.ROOT, "takes %d ids, given %d", count, ids.size()));
    }
    return ids;
  }

  /** Names up to separators; {@code a*3} is three times the name a. */
  private List<Integer> split(Value value, char separator, int most) {
    List<Integer> ids = new ArrayList<>();
    int from = 0;
    while (from <= value.text().length()) {
      int found = value.text().indexOf(separator, from);
      int to = found < 0 ? value.text().length() : found;
      String name = value.text().substring(from, to);
      int star = name.indexOf('*');
      int times = star < 0 ? 1 : times(name.substring(star + 1), value.column() + from + star + 1);
      if (times > most - ids.size()) {
        throw error(value.column() + from, "too many ids, takes " + most);
      }
      int id = id(star < 0 ? name : name.substring(0, star), value.column() + from);
      ids.addAll(Collections.nCopies(times, id));
      from = to + 1;
    }
    return ids;
  }

  private int times(String text, int at) {
    try {
      int times = Integer.parseInt(text);
      if (times > 0) {
        return times;
      }
    } catch (NumberFormatException e) {
      // told below
    }
    throw error(at, "not a whole number of at least 1: " + text);
  }

  private int id(String name, int at) {
    Integer index = tables.id(name);
    if (index == null) {
      throw error(at, "id is not in the table: " + name);
    }
    return index;
  }

  private ReplaySyntaxException error(int at, String problem) {
    return new ReplaySyntaxException(line, at, problem);
  }
}
