package dev.grantstore.equivalence.cli;

import dev.grantstore.equivalence.check.Divergence;
import dev.grantstore.equivalence.concurrent.ConcurrentCampaign;
import dev.grantstore.equivalence.concurrent.ConcurrentReplay;
import dev.grantstore.equivalence.replay.OpText;
import dev.grantstore.equivalence.replay.ReplayFile;
import dev.grantstore.equivalence.run.DivergenceReport;
import dev.grantstore.equivalence.run.ForgetfulSubject;
import dev.grantstore.equivalence.run.Runner;
import dev.grantstore.equivalence.run.Subject;
import dev.grantstore.equivalence.workload.Workload;
import dev.grantstore.folder.LockedFolder;
import dev.grantstore.tool.ExitCode;
import dev.grantstore.tool.Session;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code equiv replay}. */
@Command(
    name = "replay",
    description = "Run replay files on engines and on the reference.",
    sortOptions = false,
    exitCodeList = {
      "  0:all answers were equal",
      ExitCode.HELP_FAILURE,
      ExitCode.HELP_USAGE,
      Equiv.HELP_FOUND,
      ExitCode.HELP_INTERRUPTED
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  equiv replay found.replay",
      "  equiv replay --engine sqlite equivalence/src/test/resources/replays/*.replay",
      "  equiv replay --step found.replay",
    })
final class ReplayCommand implements Callable<Integer> {
  private final Session session;

  @Spec private CommandSpec spec;

  @Mixin private EngineFlags engines;

  @Option(names = "--step", description = "Show what the reference answers to each operation.")
  private boolean step;

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "Replay files.")
  private List<Path> files;

  ReplayCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws IOException {
    List<Replay> replays = new ArrayList<>();
    try {
      engines.check();
      for (Path file : files) {
        Optional<ConcurrentReplay> ofThreads = Replays.readConcurrent(file);
        replays.add(
            ofThreads.isPresent()
                ? concurrent(file, ofThreads.get())
                : one(file, Replays.read(file)));
      }
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
    PrintWriter out = session.out();
    LockedFolder made = engines.folder();
    Path folder = made.path();
    boolean isFound = false;
    try {
      for (int i = 0; i < replays.size() && !session.interruption().isRequested(); i++) {
        isFound |= replays.get(i).isFound(out, folder);
      }
    } finally {
      made.close();
    }
    if (isFound) {
      return ExitCode.FOUND;
    }
    return session.interruption().isRequested() ? ExitCode.INTERRUPTED : ExitCode.OK;
  }

  /** A file that was read. */
  private interface Replay {
    /** Runs it and says what came of it. */
    boolean isFound(PrintWriter out, Path folder);
  }

  private Replay one(Path path, ReplayFile file) {
    return (out, folder) -> {
      String signature = file.signature().orElse("");
      try (EngineComparison comparison =
          EngineComparison.of(signature, engines.subjects(folder, 1))) {
        return replay(out, path, file, comparison);
      }
    };
  }

  private Replay concurrent(Path path, ConcurrentReplay file) {
    return (out, folder) -> {
      boolean isFound = false;
      for (String engine : engines.engines()) {
        Optional<Map.Entry<String, String>> found;
        try (Subject subject = engines.subject(engine, folder, Integer.MAX_VALUE)) {
          found = ConcurrentCampaign.replay(file, subject);
        }
        Optional<String> kind = found.map(Map.Entry::getKey);
        out.println(
            String.format(
                Locale.ROOT,
                "%s: %s %s%s",
                path,
                engine,
                kind.orElse("legal"),
                kind.equals(file.expected())
                    ? ", as expected"
                    : ", expected " + file.expected().orElse("legal") + hint(kind)));
        found.ifPresent(entry -> out.print(entry.getValue()));
        isFound |= found.isPresent();
      }
      return isFound;
    };
  }

  /** {@return whether there was a divergence} */
  private boolean replay(PrintWriter out, Path path, ReplayFile file, EngineComparison comparison) {
    if (step) {
      steps(out, file.workload());
    }
    Optional<Divergence> found = comparison.apply(file.workload());
    Optional<String> signature = found.map(Divergence::signature);
    out.println(
        String.format(
            Locale.ROOT,
            "%s: %s%s",
            path,
            signature.orElse("equal"),
            signature.equals(file.signature())
                ? ", as expected"
                : ", expected " + file.signature().orElse("equal") + hint(signature)));
    found.ifPresent(divergence -> out.print(DivergenceReport.text(file.workload(), divergence)));
    return found.isPresent();
  }

  /** What is equal here may have failed on an engine that is not asked. */
  private static String hint(Optional<String> found) {
    return found.isPresent() ? "" : "; if it was found with another engine, name it by --engine";
  }

  private static void steps(PrintWriter out, Workload workload) {
    Runner.observe(ForgetfulSubject.memory(), workload)
        .history()
        .steps()
        .forEach(
            one -> {
              if (one.op() > 0 && !one.kind().equals("audit")) {
                out.println("  " + OpText.of(workload.ops().get(one.op() - 1)));
              }
              out.println("    " + one.line());
            });
  }
}
