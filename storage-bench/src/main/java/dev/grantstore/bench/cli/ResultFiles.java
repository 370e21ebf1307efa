package dev.grantstore.bench.cli;

import dev.grantstore.NotUtf8Exception;
import dev.grantstore.Utf8;
import dev.grantstore.bench.result.ResultJson;
import dev.grantstore.bench.result.RunResult;
import java.io.IOException;
import java.nio.file.Path;

/** Result files that are named on the command line. */
final class ResultFiles {
  private ResultFiles() {}

  /**
   * {@return what the file holds}
   *
   * @throws IllegalArgumentException if there is no such file, or it is no result, or of another
   *     format version
   */
  static RunResult read(Path file) {
    String json;
    try {
      json = Utf8.read(file);
    } catch (NotUtf8Exception e) {
      throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
    } catch (IOException e) {
      throw new IllegalArgumentException("result file cannot be read: " + file, e);
    }
    try {
      RunResult result = ResultJson.decode(json);
      if (result.formatVersion() != RunResult.FORMAT_VERSION) {
        throw new IllegalArgumentException(
            "result is of another format version: %s has %d, this program reads %d"
                .formatted(file, result.formatVersion(), RunResult.FORMAT_VERSION));
      }
      return result;
    } catch (IOException e) {
      throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
    }
  }
}
