package dev.grantstore.microtests.tools;

import dev.grantstore.bench.cli.StorageBench;
import dev.grantstore.equivalence.cli.Equiv;
import dev.grantstore.fixture.cli.FixtureGen;
import dev.grantstore.tool.Interruption;
import dev.grantstore.tool.Session;
import dev.grantstore.tool.Tool;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** The three command-line tools, as their users have them. */
enum Tools {
  FIXTURE_GEN("fixture-gen", FixtureGen.class, FixtureGen::tool),
  EQUIV("equiv", Equiv.class, Equiv::tool),
  STORAGE_BENCH("storage-bench", StorageBench.class, StorageBench::tool);

  private final String program;
  private final Class<?> main;

  @SuppressWarnings("ImmutableEnumChecker") // a method reference
  private final Function<Session, Tool> tool;

  Tools(String program, Class<?> main, Function<Session, Tool> tool) {
    this.program = program;
    this.main = main;
    this.tool = tool;
  }

  /** One run inside this JVM. */
  record Run(int code, String out, String err) {}

  static Tools named(String program) {
    return Stream.of(values()).filter(t -> t.program.equals(program)).findFirst().orElseThrow();
  }

  /** {@return every command of every tool, the tools themselves first} */
  static Stream<CommandSpec> commands() {
    return Stream.of(values())
        .flatMap(
            tool -> {
              CommandLine top = tool.commandLine();
              return Stream.concat(Stream.of(top), top.getSubcommands().values().stream());
            })
        .map(CommandLine::getCommandSpec);
  }

  CommandLine commandLine() {
    Session session =
        Session.of(
            List.of(),
            Map.of(),
            OutputStream.nullOutputStream(),
            OutputStream.nullOutputStream(),
            Interruption.never(),
            Clock.systemUTC());
    return tool.apply(session).commandLine();
  }

  /** Runs a line such as {@code equiv run --tries 1} inside this JVM. */
  static Run run(String... line) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Session session =
        Session.of(
            List.of(line).subList(1, line.length),
            Map.of(),
            out,
            err,
            Interruption.never(),
            Clock.systemUTC());
    int code = named(line[0]).tool.apply(session).execute();
    return new Run(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** Starts a line as a process of its own, standard output as the shell is told. */
  static Process start(Path folder, String redirection, String... line) throws IOException {
    List<String> command = new ArrayList<>();
    command.addAll(List.of("sh", "-c", "exec \"$@\" " + redirection, "sh"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx400m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(named(line[0]).main.getName());
    command.addAll(List.of(line).subList(1, line.length));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().put("XDG_CACHE_HOME", folder.resolve("cache").toString());
    builder.redirectError(folder.resolve("err.txt").toFile());
    builder.redirectOutput(folder.resolve("out.txt").toFile());
    return builder.start();
  }
}
