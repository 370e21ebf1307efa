package dev.grantstore.equivalence.concurrent;

import dev.grantstore.equivalence.run.Subject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What is done after a trial. Stateless. */
final class Trials {
  private Trials() {}

  /** Closes a subject whose store may be broken: what it found is known already. */
  static void closeBroken(Subject subject) {
    try {
      subject.close();
    } catch (RuntimeException e) {
      // Its folder goes with the others.
    }
  }

  static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException("file could not be removed: " + file, e);
    }
  }
}
