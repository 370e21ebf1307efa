package dev.grantstore.equivalence.concurrent;

import dev.grantstore.equivalence.check.Answer;
import dev.grantstore.equivalence.check.AnswerText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Draws a run as lanes side by side, time going down: where each call began and was over, where one
 * lane cut in on another, and which place each call has in the longest legal order.
 */
final class Picture {
  private static final int WIDEST_LANE = 58;
  private static final int LONGEST_ANSWER = 400;

  private final Trial.Outcome outcome;
  private final int lanes;
  private final Map<Integer, Integer> places = new TreeMap<>();
  private final StringBuilder out = new StringBuilder();

  /** Something that happened in one lane at a moment. */
  private record Event(long at, int lane, String text) {}

  private Picture(Trial.Outcome outcome) {
    this.outcome = outcome;
    this.lanes = outcome.program().lanes().size();
    outcome
        .wrong()
        .ifPresent(
            wrong -> {
              for (int i = 0; i < wrong.order().size(); i++) {
                places.put(wrong.order().get(i), i + 1);
              }
            });
  }

  /**
   * {@return the drawing, and below it what each call that has no place should have answered}
   *
   * @param outcome of a run
   */
  static String of(Trial.Outcome outcome) {
    Picture picture = new Picture(outcome);
    picture.lanes();
    picture.stuck();
    outcome.failure().ifPresent(failure -> picture.out.append(failure).append('\n'));
    return picture.out.toString();
  }

  private void lanes() {
    line(0, "before and after", true);
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < outcome.history().size(); i++) {
      Call call = outcome.history().get(i);
      if (call.lane() > 0 || isStuck(i)) {
        String place = place(i);
        events.add(new Event(call.invoked(), call.lane(), place + " " + call.text()));
        events.add(
            new Event(
                call.returned(),
                call.lane(),
                " ".repeat(place.length()) + " = " + cut(call.answer(), WIDEST_LANE)));
      }
    }
    for (Scheduler.Switch change : outcome.switches()) {
      if (change.from() > 0 && !change.point().equals("end")) {
        events.add(
            new Event(
                change.at(), change.from(), "  .. " + change.point() + ", lane " + change.to()));
      }
    }
    events.sort(Comparator.comparingLong(Event::at));
    events.forEach(event -> line(event.lane(), event.text(), false));
  }

  private void line(int lane, String text, boolean isHead) {
    List<String> cells = new ArrayList<>();
    for (int column = 1; column <= lanes; column++) {
      String cell = isHead ? "lane " + column : column == lane ? text : "";
      cells.add(String.format(Locale.ROOT, "%-" + WIDEST_LANE + "." + WIDEST_LANE + "s", cell));
    }
    String row = lane == 0 && !isHead ? "after: " + text : String.join("| ", cells);
    out.append(row.stripTrailing()).append('\n');
  }

  /** {@return the call's number in the longest legal order, or that it has none} */
  private String place(int call) {
    Integer place = places.get(call);
    if (outcome.wrong().isEmpty()) {
      return "";
    }
    return place == null ? "(!)" : "(" + place + ")";
  }

  private boolean isStuck(int call) {
    return outcome.wrong().stream()
        .anyMatch(wrong -> wrong.stuck().stream().anyMatch(stuck -> stuck.call() == call));
  }

  private void stuck() {
    outcome
        .wrong()
        .ifPresent(
            wrong -> {
              out.append("\nNumbers are the longest legal order. After it none of these fits:\n");
              for (Linearization.Stuck stuck : wrong.stuck()) {
                Call call = outcome.history().get(stuck.call());
                out.append(
                    String.format(
                        Locale.ROOT,
                        "lane %d: %s\n  answered  %s\n  should be %s\n",
                        call.lane(),
                        call.text(),
                        cut(call.answer(), LONGEST_ANSWER),
                        cut(stuck.right(), LONGEST_ANSWER)));
              }
            });
  }

  private static String cut(Answer answer, int most) {
    String line = AnswerText.line(answer);
    return line.length() <= most ? line : line.substring(0, most - 3) + "...";
  }
}
