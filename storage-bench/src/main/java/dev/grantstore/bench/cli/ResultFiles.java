package dev.grantstore.bench.cli;

import dev.grantstore.bench.result.ResultFormatException;
import dev.grantstore.bench.result.ResultJson;
import dev.grantstore.bench.result.RunResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Result files that are named on the command line. */
final class ResultFiles {
  private ResultFiles() {}

  /**
   * {@return what the file holds}
   *
   * @throws IllegalArgumentException if there is no such file, or it is no result, damaged, or of a
   *     format version that is not read
   */
  static RunResult read(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException("no such file: " + file);
    }
    try {
      return ResultJson.read(file);
    } catch (ResultFormatException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    } catch (IOException e) {
      throw new IllegalArgumentException("result file cannot be read: " + file, e);
    }
  }
}
