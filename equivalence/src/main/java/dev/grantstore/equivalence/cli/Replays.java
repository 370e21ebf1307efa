package dev.grantstore.equivalence.cli;

import dev.grantstore.NotUtf8Exception;
import dev.grantstore.Utf8;
import dev.grantstore.equivalence.concurrent.ConcurrentReplay;
import dev.grantstore.equivalence.replay.ReplayFile;
import dev.grantstore.equivalence.replay.ReplaySyntaxException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Reads replay files that somebody names. */
final class Replays {
  private Replays() {}

  /** What is made of a file's text. */
  private interface Form<T> {
    T of(String text);
  }

  /** Refuses with the file's name, line and column. */
  static ReplayFile read(Path path) throws IOException {
    return read(path, ReplayFile::parse);
  }

  /** {@return the file's program, if it is one of several threads; refuses as {@link #read}} */
  static Optional<ConcurrentReplay> readConcurrent(Path path) throws IOException {
    return read(
        path,
        text ->
            ConcurrentReplay.isOne(text)
                ? Optional.of(ConcurrentReplay.parse(text))
                : Optional.empty());
  }

  private static <T> T read(Path path, Form<T> form) throws IOException {
    if (Files.isDirectory(path)) {
      throw new IllegalArgumentException("not a replay file but a folder: " + path);
    }
    try {
      return form.of(Utf8.read(path));
    } catch (ReplaySyntaxException e) {
      throw new IllegalArgumentException(path + ":" + e.getMessage(), e);
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException("replay file does not exist: " + path, e);
    } catch (NotUtf8Exception e) {
      throw new IllegalArgumentException(path + ": " + e.getMessage(), e);
    }
  }
}
