package dev.grantstore.bench.cli;

import dev.grantstore.tool.ExitCode;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code storage-bench completion}. */
@Command(
    name = "completion",
    description = "Print a script that completes commands and options in bash and zsh.",
    exitCodeList = {ExitCode.HELP_OK, ExitCode.HELP_FAILURE, ExitCode.HELP_USAGE},
    footerHeading = "%nExamples:%n",
    footer = {
      "  source <(storage-bench completion)",
      "  storage-bench completion \\",
      "      > ~/.local/share/bash-completion/completions/storage-bench",
    })
final class CompletionCommand implements Callable<Integer> {
  private final Session session;

  @Spec private CommandSpec spec;

  CompletionCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    session.out().print(script());
    return ExitCode.OK;
  }

  /** The library writes numbers as the user does; bash reads one kind of digits only. */
  private String script() {
    CommandSpec top = spec.root();
    Locale before = Locale.getDefault(Locale.Category.FORMAT);
    Locale.setDefault(Locale.Category.FORMAT, Locale.ROOT);
    try {
      return AutoComplete.bash(top.name(), top.commandLine());
    } finally {
      Locale.setDefault(Locale.Category.FORMAT, before);
    }
  }
}
