package dev.grantstore.equivalence.fault;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What came of the cases of one kind and engine. One thread. */
public final class FaultTally {
  private final FaultKind kind;
  private final String scheme;
  private final long seed;
  private final Map<Verdict.Kind, Integer> verdicts = new EnumMap<>(Verdict.Kind.class);
  private final Map<String, Integer> reasons = new TreeMap<>();
  private final Map<String, Integer> moments = new TreeMap<>();
  private final List<Path> kept = new ArrayList<>();
  private final List<String> findings = new ArrayList<>();
  private int acknowledged;

  FaultTally(FaultKind kind, String scheme, long seed) {
    this.kind = kind;
    this.scheme = scheme;
    this.seed = seed;
  }

  void add(Verdict verdict, String done) {
    verdicts.merge(verdict.kind(), 1, Integer::sum);
    if (verdict.kind() == Verdict.Kind.REFUSED) {
      reasons.merge(verdict.detail().split(" ", 2)[0], 1, Integer::sum);
    }
    if (verdict.kind().isFinding()) {
      findings.add(
          String.format(
              Locale.ROOT, "%s: %s: %s %s", scheme, done, verdict.kind(), verdict.detail()));
    }
  }

  void killed(String moment, int calls) {
    moments.merge(moment, 1, Integer::sum);
    acknowledged += calls;
  }

  void kept(Path folder) {
    kept.add(folder);
  }

  /** {@return which kind of fault} */
  public FaultKind kind() {
    return kind;
  }

  /** {@return how many cases there were} */
  public int cases() {
    return verdicts.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** {@return what was wrong, a line for each; empty if nothing was} */
  public List<String> findings() {
    return List.copyOf(findings);
  }

  /** {@return the folders in which cases were kept} */
  public List<Path> keptFolders() {
    return List.copyOf(kept);
  }

  /** {@return the same in one line, for people} */
  public String text() {
    String counts =
        verdicts.entrySet().stream()
            .map(entry -> name(entry.getKey().name()) + " " + entry.getValue())
            .collect(Collectors.joining(", "));
    String more =
        kind == FaultKind.KILL ? " acknowledged calls " + acknowledged + ", in " + moments : "";
    return String.format(
        Locale.ROOT,
        "%-8s %-6s seed %d: %d cases: %s%s%s",
        scheme,
        name(kind.name()),
        seed,
        cases(),
        counts,
        reasons.isEmpty() ? "" : " " + reasons,
        more);
  }

  /** {@return a row of the table in Markdown} */
  public String row() {
    return kind.columns().stream()
        .map(column -> cell(column))
        .collect(Collectors.joining(" | ", "| ", " |"));
  }

  private String cell(String column) {
    return switch (column) {
      case "engine" -> scheme;
      case "cases" -> Integer.toString(cases());
      case "acknowledged calls" -> Integer.toString(acknowledged);
      case "killed in" -> moments(moments);
      case "refused" -> count(Verdict.Kind.REFUSED) + moments(reasons, " (", ")");
      case "right" -> Integer.toString(count(Verdict.Kind.RIGHT));
      case "last writes only" -> Integer.toString(count(Verdict.Kind.TAIL));
      case "right, all or all but the last call" ->
          Integer.toString(count(Verdict.Kind.RIGHT) + count(Verdict.Kind.TAIL));
      default -> Integer.toString(count(Verdict.Kind.valueOf(column.split(" ", 2)[0])));
    };
  }

  private int count(Verdict.Kind wanted) {
    return verdicts.getOrDefault(wanted, 0);
  }

  private static String moments(Map<String, Integer> counts) {
    return moments(counts, "", "");
  }

  private static String moments(Map<String, Integer> counts, String before, String after) {
    return counts.isEmpty()
        ? ""
        : counts.entrySet().stream()
            .map(entry -> name(entry.getKey()) + " " + entry.getValue())
            .collect(Collectors.joining(", ", before, after));
  }

  private static String name(String constant) {
    return constant.toLowerCase(Locale.ROOT);
  }
}
