package dev.grantstore.bench.cli;

import dev.grantstore.bench.measure.Halt;
import dev.grantstore.bench.report.Style;
import dev.grantstore.bench.run.FolderScratch;
import dev.grantstore.fixture.cli.ConsoleProgress;
import dev.grantstore.fixture.load.Trees;
import dev.grantstore.fixture.progress.Progress;
import dev.grantstore.tool.Versions;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/**
 * What a command needs of the process it runs in.
 *
 * @param process around it
 * @param halt requested when the process is to end
 * @param progress for what takes long
 */
record Session(dev.grantstore.tool.Session process, Halt halt, Progress progress) {
  static Session of(dev.grantstore.tool.Session process) {
    Halt halt = new Halt();
    process.interruption().whenRequested(halt::request);
    return new Session(process, halt, new ConsoleProgress(process));
  }

  /** {@return one with other arguments, whose standard output nobody reads} */
  Session silent(List<String> arguments) {
    return new Session(process.silent(arguments), halt, progress);
  }

  /** Stores that forks or this process made, and fixtures half made, go however it ends. */
  void tidies(Path scratch, Path fixtures) {
    process.interruption().lastly(() -> tidy(scratch, fixtures));
  }

  /** Once nothing uses them any more. */
  static void tidy(Path scratch, Path fixtures) {
    String unfinished = ".*.creating-" + ProcessHandle.current().pid();
    try {
      FolderScratch.removeLeftovers(scratch);
      if (Files.isDirectory(fixtures)) {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(fixtures, unfinished)) {
          for (Path folder : found) {
            Trees.delete(folder);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("folders could not be removed: " + scratch, e);
    }
  }

  List<String> arguments() {
    return process.arguments();
  }

  Map<String, String> environment() {
    return process.environment();
  }

  Clock clock() {
    return process.clock();
  }

  PrintWriter out() {
    return process.out();
  }

  /** Says something on standard error. */
  void say(String line) {
    process.console().say(line);
  }

  /** Said when the command is interrupted: what stays, and how to go on. */
  void keeps(String what) {
    process.interruption().keeps(what);
  }

  /** {@return how standard output is dressed} */
  Style style() {
    return process.out().isColoured() ? Style.COLOURED : Style.PLAIN;
  }

  /** {@return where things are kept that can be made again} */
  Path cacheFolder() {
    String chosen = environment().getOrDefault("XDG_CACHE_HOME", "");
    Path home = Path.of(System.getProperty("user.home", "."));
    Path cache = chosen.startsWith("/") ? Path.of(chosen) : home.resolve(".cache");
    return cache.resolve("grantstore");
  }

  /** {@return the version of this program, with its commit} */
  static String toolVersion() {
    return Versions.tool();
  }
}
