package dev.grantstore.bench.cli;

import dev.grantstore.bench.benchmark.Benchmark;
import dev.grantstore.bench.benchmark.Benchmarks;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code storage-bench list}. */
@Command(name = "list", description = "Name the benchmarks, a line each.")
final class ListCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    for (Benchmark benchmark : Benchmarks.ALL) {
      spec.commandLine()
          .getOut()
          .printf("%-6s %-20s %s%n", benchmark.name(), benchmark.title(), benchmark.description());
    }
    spec.commandLine().getOut().flush();
    return ExitCode.OK;
  }
}
