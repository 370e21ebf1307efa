package dev.grantstore.equivalence.campaign;

import dev.grantstore.equivalence.check.Answer;
import dev.grantstore.equivalence.check.History.Step;
import dev.grantstore.equivalence.run.Result;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Says which stores answered alike where they differ first: with three, who stands alone. */
final class Vote {
  private Vote() {}

  /** {@return the groups, the largest first, such as {@code memory sqlite | rocksdb}} */
  static String of(Map<String, Result> results) {
    Map<Answer, List<String>> groups = new LinkedHashMap<>();
    int step = firstDifference(List.copyOf(results.values()));
    results.forEach(
        (name, result) ->
            groups.computeIfAbsent(answer(result, step), any -> new ArrayList<>()).add(name));
    return groups.values().stream()
        .sorted((one, other) -> other.size() - one.size())
        .map(names -> String.join(" ", names))
        .reduce((one, other) -> one + " | " + other)
        .orElse("");
  }

  private static int firstDifference(List<Result> results) {
    int step = 0;
    while (true) {
      Answer first = answer(results.get(0), step);
      for (Result result : results) {
        if (!answer(result, step).equals(first)) {
          return step;
        }
      }
      if (results.stream().allMatch(result -> result.contradiction().isPresent())
          || step >= results.get(0).history().steps().size()) {
        return step;
      }
      step++;
    }
  }

  /** A history that ended early answers with its contradiction. */
  private static Answer answer(Result result, int step) {
    List<Step> steps = result.history().steps();
    if (step < steps.size()) {
      return steps.get(step).answer();
    }
    return Answer.of(result.contradiction().isPresent() ? "contradicts itself" : "ended");
  }
}
