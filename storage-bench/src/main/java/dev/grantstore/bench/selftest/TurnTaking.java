package dev.grantstore.bench.selftest;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;

/**
 * Stops and continues forks in turn, so that one of them runs at a time, until all but one have
 * ended. Needs {@code sh} with {@code kill} and a {@code sleep} that takes fractions.
 */
final class TurnTaking {
  private static final long LOOK_MILLIS = 10;

  /** Long against a context switch, short against the moods of a machine. */
  private static final String TURNS =
      """
      while :; do
        alive=0
        for p in "$@"; do
          kill -0 $p || continue
          alive=$((alive + 1))
          for q in "$@"; do [ $q = $p ] || kill -STOP $q; done
          kill -CONT $p
          sleep 0.05
        done
        [ $alive -gt 1 ] || break
      done
      for p in "$@"; do kill -CONT $p; done
      """;

  private TurnTaking() {}

  /** Returns when all but one have ended, at once if one ends before all have started. */
  static void among(List<String> names, List<? extends Future<?>> forks)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("sh", "-c", TURNS, "turns"));
    for (int i = 0; i < names.size(); i++) {
      String pid = "";
      while (pid.isEmpty()) {
        if (forks.get(i).isDone()) {
          return;
        }
        pid = pid(names.get(i));
        Thread.sleep(LOOK_MILLIS);
      }
      command.add(pid);
    }
    Process turns =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      turns.waitFor();
    } finally {
      turns.destroy();
    }
  }

  private static String pid(String name) {
    return ProcessHandle.current()
        .children()
        .filter(child -> isFork(child, name))
        .findFirst()
        .map(child -> Long.toString(child.pid()))
        .orElse("");
  }

  private static boolean isFork(ProcessHandle child, String name) {
    for (String argument : child.info().arguments().orElse(new String[0])) {
      if (argument.endsWith(name + ".request.json")) {
        return true;
      }
    }
    return false;
  }
}
