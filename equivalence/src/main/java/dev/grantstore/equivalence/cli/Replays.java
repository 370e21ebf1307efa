package dev.grantstore.equivalence.cli;

import dev.grantstore.NotUtf8Exception;
import dev.grantstore.Utf8;
import dev.grantstore.equivalence.replay.ReplayFile;
import dev.grantstore.equivalence.replay.ReplaySyntaxException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads replay files that somebody names. */
final class Replays {
  private Replays() {}

  /** Refuses with the file's name, line and column. */
  static ReplayFile read(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      throw new IllegalArgumentException("not a replay file but a folder: " + path);
    }
    try {
      return ReplayFile.parse(Utf8.read(path));
    } catch (ReplaySyntaxException e) {
      throw new IllegalArgumentException(path + ":" + e.getMessage(), e);
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException("replay file does not exist: " + path, e);
    } catch (NotUtf8Exception e) {
      throw new IllegalArgumentException(path + ": " + e.getMessage(), e);
    }
  }
}
