package dev.grantstore.equivalence.replay;

import dev.grantstore.Ids;
import dev.grantstore.equivalence.check.Oracle;
import dev.grantstore.equivalence.workload.Op;
import dev.grantstore.equivalence.workload.Settings;
import dev.grantstore.equivalence.workload.Workload;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a replay file, line by line. Used once. */
final class ReplayParser {
  private static final String BYTE_ORDER_MARK = "\ufeff";
  private static final String MARK = "#! equiv-replay ";
  private static final Pattern FIRST = Pattern.compile(MARK + "([0-9]{1,9})");
  private static final Pattern NAMED =
      Pattern.compile("(id|sync)\\s+([A-Za-z][A-Za-z0-9_]*)\\s*=\\s*\"([^\"]*)\"");

  private static final Pattern SETTINGS =
      Pattern.compile("settings\\s+([A-Za-z][A-Za-z0-9_]*)\\s*=\\s*(.*)");

  private static final Pattern WORD = Pattern.compile("\\S+");

  private final Tables tables = new Tables();
  private final List<String> remarks = new ArrayList<>();
  private final List<Op> ops = new ArrayList<>();
  private Optional<Long> seed = Optional.empty();
  private boolean isExpectationGiven;
  private Optional<String> signature = Optional.empty();

  ReplayFile parse(String text) {
    String whole = text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    int number = 0;
    for (String line : whole.lines().toList()) {
      number++;
      checkCharacters(line, number);
      String trimmed = line.stripTrailing();
      if (number == 1) {
        checkFirst(trimmed);
      } else if (!trimmed.isEmpty()) {
        line(trimmed, number);
      }
    }
    if (number == 0) {
      throw new ReplaySyntaxException(1, 1, "file is empty");
    }
    if (!isExpectationGiven) {
      throw new ReplaySyntaxException(number + 1, 1, "file was cut: it ends without expect");
    }
    if (signature.isPresent() && !whole.endsWith("\n") && !whole.endsWith("\r")) {
      // What is left of a longer signature is one too.
      throw new ReplaySyntaxException(number, 1, "file was cut: its last line has no end");
    }
    return new ReplayFile(
        remarks,
        new Workload(seed.orElse(0L), tables.ids(), tables.syncs(), tables.settings(), ops),
        signature);
  }

  /** A hole in a file reads as zeros, and in a remark would swallow the lines that it hit. */
  private static void checkCharacters(String line, int number) {
    boolean isRemark = line.startsWith("#");
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c != '\t' && Character.isISOControl(c)) {
        throw new ReplaySyntaxException(
            number,
            i + 1,
            String.format(Locale.ROOT, "file is damaged: control character U+%04X", (int) c));
      }
      if (c > '~' && !isRemark) {
        throw new ReplaySyntaxException(number, i + 1, "character must be percent-escaped");
      }
    }
  }

  private static void checkFirst(String line) {
    if (line.equals(ReplayFile.FIRST_LINE)) {
      return;
    }
    Matcher first = FIRST.matcher(line);
    if (!first.matches()) {
      throw new ReplaySyntaxException(
          1,
          1,
          String.format(
              Locale.ROOT, "not a replay file: first line is not \"%s\"", ReplayFile.FIRST_LINE));
    }
    int version = Integer.parseInt(first.group(1));
    throw new ReplaySyntaxException(
        1,
        MARK.length() + 1,
        String.format(
            Locale.ROOT,
            "replay file is too %s: its version is %d, this program reads %d",
            version > ReplayFile.VERSION ? "new" : "old",
            version,
            ReplayFile.VERSION));
  }

  private void line(String line, int number) {
    if (line.contains(MARK)) {
      throw new ReplaySyntaxException(
          number, line.indexOf(MARK) + 1, "another replay file begins within this one");
    }
    if (line.startsWith("#")) {
      remarks.add(line.substring(1).strip());
    } else if (isExpectationGiven) {
      throw new ReplaySyntaxException(number, 1, "file goes on after expect");
    } else if (line.startsWith("seed ")) {
      if (seed.isPresent()) {
        throw new ReplaySyntaxException(number, 1, "seed stands twice");
      }
      seed = Optional.of(seed(line, number));
    } else if (line.startsWith("id ") || line.startsWith("sync ")) {
      name(line, number);
    } else if (line.startsWith("settings ")) {
      settings(line, number);
    } else if (line.equals("expect pass")) {
      isExpectationGiven = true;
    } else if (line.startsWith("expect fail ")) {
      isExpectationGiven = true;
      signature = Optional.of(signature(line, number));
    } else if (line.startsWith("expect")) {
      throw new ReplaySyntaxException(
          number, 1, "neither \"expect pass\" nor \"expect fail SIGNATURE\"");
    } else {
      ops.add(new OpParser(tables, line, number).parse());
    }
  }

  private static String signature(String line, int number) {
    String signature = line.substring("expect fail ".length()).strip();
    String[] parts = signature.split("/", -1);
    boolean isKnown =
        Arrays.stream(Oracle.values()).anyMatch(known -> known.name().equals(parts[0]));
    if (!isKnown || parts.length != 3 || parts[1].isEmpty() || parts[2].isEmpty()) {
      throw new ReplaySyntaxException(
          number, "expect fail ".length() + 1, "not ORACLE/OPERATION/DIFFERENCE: " + signature);
    }
    return signature;
  }

  private static long seed(String line, int number) {
    try {
      return Long.parseLong(line.substring("seed ".length()).strip());
    } catch (NumberFormatException e) {
      throw new ReplaySyntaxException(number, "seed ".length() + 1, "seed is not a whole number");
    }
  }

  private void name(String line, int number) {
    Matcher named = NAMED.matcher(line);
    if (!named.matches()) {
      throw new ReplaySyntaxException(number, 1, "not written NAME = \"TEXT\"");
    }
    String text;
    try {
      text = PercentText.decode(named.group(3));
    } catch (PercentText.Malformed e) {
      throw new ReplaySyntaxException(
          number, named.start(3) + e.offset() + 1, String.valueOf(e.getMessage()));
    }
    boolean isSync = named.group(1).equals("sync");
    try {
      String ignored = isSync ? Ids.checkSyncId(text) : Ids.check("id", text);
    } catch (IllegalArgumentException e) {
      throw new ReplaySyntaxException(number, named.start(3) + 1, String.valueOf(e.getMessage()));
    }
    String name = named.group(2);
    if (!(isSync ? tables.addSync(name, text) : tables.addId(name, text))) {
      throw new ReplaySyntaxException(number, named.start(2) + 1, "name stands twice: " + name);
    }
  }

  private void settings(String line, int number) {
    Matcher named = SETTINGS.matcher(line);
    if (!named.matches()) {
      throw new ReplaySyntaxException(number, 1, "not written settings NAME = OPTION=VALUE ...");
    }
    SortedMap<String, String> values = new TreeMap<>();
    Matcher words = WORD.matcher(named.group(2));
    while (words.find()) {
      int column = named.start(2) + words.start() + 1;
      int equals = words.group().indexOf('=');
      if (equals < 1) {
        throw new ReplaySyntaxException(number, column, "not name=value: " + words.group());
      }
      String name = words.group().substring(0, equals);
      if (values.put(name, words.group().substring(equals + 1)) != null) {
        throw new ReplaySyntaxException(number, column, "option stands twice: " + name);
      }
    }
    Settings settings;
    try {
      settings = new Settings(values);
    } catch (IllegalArgumentException e) {
      throw new ReplaySyntaxException(number, named.start(2) + 1, String.valueOf(e.getMessage()));
    }
    if (!tables.addSettings(named.group(1), settings)) {
      throw new ReplaySyntaxException(
          number, named.start(1) + 1, "name stands twice: " + named.group(1));
    }
  }
}
