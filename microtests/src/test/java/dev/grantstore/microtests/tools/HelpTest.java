package dev.grantstore.microtests.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/** What {@code --help} of every command says. */
final class HelpTest {
  private static final int COLUMNS = 80;
  private static final Pattern WORD = Pattern.compile("'([^']*)'|([^ ]+)");

  static Stream<CommandSpec> commands() {
    return Tools.commands();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void itFitsATerminal(CommandSpec command) {
    assertThat(help(command).lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(81));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void noSentenceIsCut(CommandSpec command) {
    assertThat(command.usageMessage().description()).isNotEmpty();
    List<String> texts = new ArrayList<>(List.of(command.usageMessage().description()));
    texts.removeIf(line -> line.isEmpty() || line.startsWith(" "));
    for (ArgSpec argument : command.args()) {
      if (!argument.hidden()) {
        texts.addAll(List.of(argument.description()));
      }
    }
    assertThat(texts).allMatch(text -> text.endsWith(".") || text.endsWith(":"));
    String[] listed = command.usageMessage().header();
    assertThat(listed).allMatch(text -> text.endsWith("."));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void itNamesItsExitCodes(CommandSpec command) {
    List<Integer> codes =
        command.usageMessage().exitCodeList().keySet().stream()
            .map(code -> Integer.valueOf(code.strip()))
            .toList();
    assertThat(codes).startsWith(0, 1, 2).isSubsetOf(0, 1, 2, 3, 4, 5, 130).isSorted();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void itsExamplesParse(CommandSpec command) {
    List<String> lines = examples(command);
    if (command.parent() != null) {
      assertThat(lines).isNotEmpty();
    }
    for (String line : lines) {
      List<String> words = words(line);
      assertThatCode(
              () ->
                  Tools.named(words.get(0))
                      .commandLine()
                      .parseArgs(words.subList(1, words.size()).toArray(String[]::new)))
          .as(line)
          .doesNotThrowAnyException();
    }
  }

  private static String help(CommandSpec command) {
    List<String> line = new ArrayList<>(Arrays.asList(command.qualifiedName().split(" ")));
    line.add("--help");
    Tools.Run run = Tools.run(line.toArray(String[]::new));
    assertThat(run.code()).isZero();
    assertThat(run.err()).isEmpty();
    return run.out();
  }

  /** Whole lines as a shell takes them: joined where they end with a backslash. */
  private static List<String> examples(CommandSpec command) {
    String program = command.root().name();
    List<String> lines = new ArrayList<>();
    boolean goesOn = false;
    for (String footer : command.usageMessage().footer()) {
      String line = footer.strip().replace("%%", "%");
      assertThat(footer.replace("%%", "%")).hasSizeLessThan(COLUMNS);
      boolean isOurs = goesOn || line.contains(program + " " + command.name());
      if (goesOn) {
        lines.set(lines.size() - 1, lines.get(lines.size() - 1) + "\n" + line);
      } else if (isOurs) {
        lines.add(line);
      }
      goesOn = isOurs && line.endsWith("\\");
    }
    return lines.stream().map(line -> line.replace("\\\n", "")).toList();
  }

  private static List<String> words(String line) {
    String plain =
        line.replaceAll("^[A-Z_]+=[^ ]+ |^zcat [^|]+[|] ", "")
            .replaceAll(" # .*", "")
            .replaceAll(" [|>] .*", "")
            .replaceAll("source <\\((.*)\\)", "$1");
    List<String> words = new ArrayList<>();
    Matcher word = WORD.matcher(plain);
    while (word.find()) {
      words.add(word.group(1) == null ? word.group(2) : word.group(1));
    }
    return words;
  }
}
