package dev.grantstore.tool;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * Descriptions as they are written in the source, in lines of any length, made paragraphs that
 * picocli breaks where the terminal ends. A line that begins with a space, or is empty, stays
 * alone.
 */
final class HelpText {
  private HelpText() {}

  /** A tool's and its commands' descriptions; the first sentence is for the list of commands. */
  static void tidy(CommandLine tool) {
    tidy(tool.getCommandSpec());
    tool.getSubcommands().values().forEach(command -> tidy(command.getCommandSpec()));
  }

  private static void tidy(CommandSpec spec) {
    List<String> lines = paragraphs(spec.usageMessage().description());
    if (!lines.isEmpty()) {
      int end = lines.get(0).indexOf(". ");
      if (end > 0) {
        lines.add(1, lines.get(0).substring(end + 2));
        lines.set(0, lines.get(0).substring(0, end + 1));
      }
    }
    spec.usageMessage().description(lines.toArray(String[]::new));
    String[] synopsis = spec.usageMessage().customSynopsis();
    for (int i = 1; i < synopsis.length; i++) {
      synopsis[i] = " ".repeat("Usage: ".length()) + synopsis[i];
    }
    spec.usageMessage().customSynopsis(synopsis);
    for (OptionSpec option : List.copyOf(spec.options())) {
      if (!option.hidden()) {
        spec.remove(option);
        spec.addOption(option.toBuilder().description(sentence(option)).build());
      }
    }
    for (PositionalParamSpec parameter : List.copyOf(spec.positionalParameters())) {
      spec.remove(parameter);
      spec.addPositional(parameter.toBuilder().description(sentence(parameter)).build());
    }
  }

  private static String sentence(ArgSpec argument) {
    // What picocli gives is filled in already, and is to be shown as it is.
    String text = String.join(" ", argument.description()).replace("%", "%%");
    return text.isEmpty() || text.endsWith(".") ? text : text + ".";
  }

  private static List<String> paragraphs(String[] lines) {
    List<String> paragraphs = new ArrayList<>();
    boolean goesOn = false;
    for (String line : lines) {
      boolean isAlone = line.isEmpty() || line.startsWith(" ");
      if (goesOn && !isAlone) {
        int last = paragraphs.size() - 1;
        paragraphs.set(last, paragraphs.get(last) + " " + line);
      } else {
        paragraphs.add(line);
      }
      goesOn = !isAlone;
    }
    return paragraphs;
  }
}
