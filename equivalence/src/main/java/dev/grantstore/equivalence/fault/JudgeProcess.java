package dev.grantstore.equivalence.fault;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Asks a {@link Judge} in a JVM of its own; when that dies or hangs, the next case gets another.
 */
final class JudgeProcess implements AutoCloseable {
  private final Path folder;
  private final Duration longest;
  private @Nullable Child child;

  /**
   * Starts nothing yet.
   *
   * @param folder where the JVMs run
   * @param longest what takes longer hangs
   */
  JudgeProcess(Path folder, Duration longest) {
    this.folder = folder;
    this.longest = longest;
  }

  Verdict judge(Trial trial) throws IOException, InterruptedException {
    Child judge = child;
    if (judge == null) {
      judge = Child.start(folder, Judge.class);
      child = judge;
    }
    judge.tell(trial.line());
    List<String> words = new ArrayList<>();
    while (true) {
      Optional<String> line = judge.next(longest);
      if (line.isPresent() && Verdict.isLine(line.get())) {
        return Verdict.parse(line.get());
      }
      if (line.isPresent()) {
        words.add(line.get());
        continue;
      }
      Verdict verdict =
          judge.hasEnded()
              ? Verdict.of(Verdict.Kind.DEAD, judge.lastWords(words))
              : Verdict.of(Verdict.Kind.HANG, "no answer in " + longest);
      close();
      return verdict;
    }
  }

  @Override
  public void close() throws IOException, InterruptedException {
    Child judge = child;
    child = null;
    if (judge != null) {
      judge.close();
    }
  }
}
