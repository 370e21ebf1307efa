package dev.grantstore.bench.cli;

import dev.grantstore.bench.measure.Halt;
import dev.grantstore.bench.report.Style;
import dev.grantstore.fixture.cli.ConsoleProgress;
import dev.grantstore.fixture.progress.Progress;
import dev.grantstore.folder.CacheFolder;
import dev.grantstore.folder.LockedFolder;
import dev.grantstore.tool.Versions;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
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

  /** What forks leave in a folder for stores goes, however the command ends. */
  void tidies(Path scratch) {
    process.interruption().lastly(() -> tidy(scratch));
  }

  /** Once nothing uses them any more. */
  static void tidy(Path scratch) {
    try {
      LockedFolder.removeTemporary(scratch);
    } catch (IOException e) {
      throw new UncheckedIOException("folder for stores cannot be read: " + scratch, e);
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

  /**
   * {@return where things are kept that can be made again}
   *
   * @throws IllegalArgumentException if there is no such folder that nobody else can change
   */
  Path cacheFolder() {
    try {
      return CacheFolder.of(environment());
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "no folder to keep fixtures and runs in, name one by --cache-dir: " + e.getMessage(), e);
    }
  }

  /** {@return where {@link #cacheFolder} is or would be; makes nothing} */
  Path nameOfCacheFolder() {
    try {
      return CacheFolder.named(environment());
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "no folder to keep fixtures and runs in, name one by --cache-dir: " + e.getMessage(), e);
    }
  }

  /** {@return the version of this program, with its commit} */
  static String toolVersion() {
    return Versions.tool();
  }
}
