package dev.grantstore.bench.cli;

import dev.grantstore.bench.measure.Halt;
import dev.grantstore.folder.CacheFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/**
 * What a command needs of the process it runs in.
 *
 * @param arguments as they were given
 * @param environment the environment variables
 * @param halt requested when the process is to end
 * @param clock says when a run was
 * @param console for progress and warnings
 */
record Session(
    List<String> arguments,
    Map<String, String> environment,
    Halt halt,
    Clock clock,
    Console console) {
  /**
   * {@return where things are kept that can be made again}
   *
   * @throws IllegalArgumentException if there is no such folder that nobody else can change
   */
  Path cacheFolder() {
    try {
      return CacheFolder.of(environment);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "no folder to keep fixtures and runs in, name one by --cache-dir: " + e.getMessage(), e);
    }
  }

  /** {@return the version of this program, from its jar} */
  static String toolVersion() {
    String version = Session.class.getPackage().getImplementationVersion();
    return version == null ? "unreleased" : version;
  }
}
