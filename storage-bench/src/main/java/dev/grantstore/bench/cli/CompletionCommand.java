package dev.grantstore.bench.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code storage-bench completion}. */
@Command(
    name = "completion",
    description = "Print a script that completes commands and options in bash and zsh.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  source <(storage-bench completion)",
      "  storage-bench completion > ~/.local/share/bash-completion/completions/storage-bench",
    })
final class CompletionCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    CommandSpec top = spec.root();
    spec.commandLine().getOut().print(AutoComplete.bash(top.name(), top.commandLine()));
    spec.commandLine().getOut().flush();
    return ExitCode.OK;
  }
}
