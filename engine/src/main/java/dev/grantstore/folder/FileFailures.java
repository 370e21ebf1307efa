package dev.grantstore.folder;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** Failures of files, told with the file: the JDK does not name one that could not be written. */
public final class FileFailures {
  private FileFailures() {}

  /**
   * {@return the failure, with the name of the file if it has none}
   *
   * @param file what could not be read or written
   * @param failure of that
   */
  public static IOException named(Path file, IOException failure) {
    if (failure.getClass() != IOException.class) {
      return failure;
    }
    FileSystemException named =
        new FileSystemException(file.toString(), null, failure.getMessage());
    named.initCause(failure);
    return named;
  }
}
