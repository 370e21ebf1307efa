package dev.grantstore.equivalence.concurrent;

import dev.grantstore.equivalence.replay.ReplayFile;
import dev.grantstore.equivalence.replay.ReplaySyntaxException;
import dev.grantstore.equivalence.workload.Op;
import dev.grantstore.equivalence.workload.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A program as text, with the schedule that it goes wrong on. Immutable. As a {@link ReplayFile},
 * but for the first line, a line before the operations of each lane, the schedule, and what is
 * expected:
 *
 * <pre>
 * #! equiv-concurrent 1
 * seed 7
 * id a = "g"
 * sync S0 = "s"
 * 1 startSync sync=S0           what is done before the lanes start
 * lane 1
 * 2 get sync=S0 id=a
 * lane 2
 * 3 drop sync=S0
 * schedule 4:2                  at decision 4 lane 2 goes on; see {@link Schedule}
 * expect no-legal-order         or broken, or legal
 * </pre>
 *
 * <p>Without the line {@code schedule}, schedules are tried until one goes wrong.
 *
 * @param remarks lines without their mark, the drawing among them
 * @param program what is done
 * @param schedule who goes on when, if it is known
 * @param expected what is expected to be found; empty for nothing
 */
public record ConcurrentReplay(
    List<String> remarks, Program program, Optional<Schedule> schedule, Optional<String> expected) {
  private static final String BYTE_ORDER_MARK = "\ufeff";
  private static final String MARK = "#! equiv-concurrent ";
  private static final String FIRST_LINE = MARK + 1;
  private static final String LEGAL = "legal";
  private static final Pattern LANE = Pattern.compile("lane[ \t]+([0-9]{1,2})");
  private static final Pattern OWN = Pattern.compile("(lane|schedule|expect)\\b.*");
  private static final Pattern NO_OP = Pattern.compile("(#|seed\\s|id\\s|sync\\s|settings\\s).*");
  private static final Pattern EXPECT =
      Pattern.compile("expect[ \t]+(no-legal-order|broken|" + LEGAL + ")");

  /** Copies the remarks, and refuses a schedule of lanes that are not there. */
  public ConcurrentReplay {
    remarks = List.copyOf(remarks);
    int lanes = program.lanes().size();
    if (schedule.isPresent()
        && schedule.get().switches().values().stream().anyMatch(l -> l > lanes)) {
      throw new IllegalArgumentException("schedule has a lane that the program has not");
    }
  }

  /**
   * {@return whether a text is such a file, or was meant to be}
   *
   * @param text a whole file
   */
  public static boolean isOne(String text) {
    return withoutByteOrderMark(text).startsWith(MARK);
  }

  /**
   * {@return what a text says}
   *
   * @param text a whole file
   * @throws ReplaySyntaxException with line and column
   */
  public static ConcurrentReplay parse(String text) {
    return new Parser().parse(text);
  }

  /** {@return the text, which {@link #parse} makes equal to this} */
  public String text() {
    List<Op> all = new ArrayList<>(program.setup().ops());
    program.lanes().forEach(all::addAll);
    ReplayFile file = new ReplayFile(List.of(), program.setup().withOps(all), Optional.empty());
    StringBuilder out = new StringBuilder(FIRST_LINE).append('\n');
    remarks.forEach(remark -> out.append("# ").append(remark).append('\n'));
    int lane = 0;
    int ops = program.setup().ops().size();
    int seen = 0;
    for (String line : file.text().lines().skip(1).toList()) {
      boolean isOp = isOp(line);
      while (isOp && seen == ops && lane < program.lanes().size()) {
        ops += program.lanes().get(lane).size();
        lane++;
        out.append("lane ").append(lane).append('\n');
      }
      seen += isOp ? 1 : 0;
      if (!line.startsWith("expect")) {
        out.append(line).append('\n');
      }
    }
    schedule.ifPresent(s -> out.append(("schedule " + s.text()).stripTrailing()).append('\n'));
    return out.append("expect ").append(expected.orElse(LEGAL)).append('\n').toString();
  }

  private static boolean isOp(String line) {
    return !NO_OP.matcher(line).matches() && !OWN.matcher(line).matches();
  }

  private static String withoutByteOrderMark(String text) {
    return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
  }

  /** Takes its own lines out, and leaves the others to the parser of replay files. Used once. */
  private static final class Parser {
    private final StringBuilder rest = new StringBuilder();
    private final List<Integer> starts = new ArrayList<>();
    private Optional<Schedule> schedule = Optional.empty();
    private Optional<String> expected = Optional.empty();
    private boolean isExpectationGiven;
    private int ops;

    ConcurrentReplay parse(String text) {
      int number = 0;
      for (String line : withoutByteOrderMark(text).lines().toList()) {
        number++;
        rest.append(left(line.stripTrailing(), number)).append('\n');
      }
      ReplayFile file = ReplayFile.parse(rest.toString());
      Workload all = file.workload();
      List<List<Op>> lanes = new ArrayList<>();
      for (int i = 0; i < starts.size(); i++) {
        int end = i + 1 < starts.size() ? starts.get(i + 1) : ops;
        lanes.add(all.ops().subList(starts.get(i), end));
      }
      int before = starts.isEmpty() ? ops : starts.get(0);
      try {
        Program program = new Program(all.withOps(all.ops().subList(0, before)), lanes);
        return new ConcurrentReplay(file.remarks(), program, schedule, expected);
      } catch (IllegalArgumentException e) {
        throw new ReplaySyntaxException(number, 1, String.valueOf(e.getMessage()));
      }
    }

    /** {@return what the other parser gets of a line} */
    private String left(String line, int number) {
      if (number == 1) {
        if (!line.equals(FIRST_LINE)) {
          throw new ReplaySyntaxException(1, 1, "first line is not \"" + FIRST_LINE + "\"");
        }
        return "#! equiv-replay 1";
      }
      if (line.contains(MARK)) {
        throw new ReplaySyntaxException(
            number, line.indexOf(MARK) + 1, "another replay file begins within this one");
      }
      if (OWN.matcher(line).matches()) {
        return own(line, number);
      }
      ops += line.isEmpty() || NO_OP.matcher(line).matches() ? 0 : 1;
      return line;
    }

    /** {@return what stands for a line of this form in the other one} */
    private String own(String line, int number) {
      if (isExpectationGiven) {
        throw new ReplaySyntaxException(number, 1, "file goes on after expect");
      }
      Matcher lane = LANE.matcher(line);
      Matcher expect = EXPECT.matcher(line);
      if (lane.matches()) {
        if (Integer.parseInt(lane.group(1)) != starts.size() + 1) {
          throw new ReplaySyntaxException(number, 1, "lanes are numbered from 1: " + lane.group(1));
        }
        starts.add(ops);
        return "";
      }
      if (expect.matches()) {
        isExpectationGiven = true;
        expected = Optional.of(expect.group(1)).filter(kind -> !kind.equals(LEGAL));
        return "expect pass";
      }
      if (!line.startsWith("schedule")) {
        throw new ReplaySyntaxException(
            number, 1, "neither \"lane NUMBER\" nor \"expect no-legal-order\", broken or legal");
      }
      if (schedule.isPresent()) {
        throw new ReplaySyntaxException(number, 1, "schedule stands twice");
      }
      try {
        schedule = Optional.of(Schedule.parse(line.substring("schedule".length())));
      } catch (IllegalArgumentException e) {
        throw new ReplaySyntaxException(number, 1, String.valueOf(e.getMessage()));
      }
      return "";
    }
  }
}
