package dev.grantstore.equivalence.fault;

import dev.grantstore.OpenMode;
import dev.grantstore.equivalence.fault.Samples.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Files that are gone, or are not what they were. Immutable.
 *
 * @param sample of which store
 * @param changes what becomes of which files
 * @param mode how the store is opened then
 */
record Loss(Sample sample, List<Change> changes, OpenMode mode) {
  /** A file of at most so many bytes may be a mark, which says what another file holds. */
  private static final long MOST_MARK_BYTES = 4096;

  private static final List<OpenMode> MODES =
      List.of(OpenMode.OPEN, OpenMode.READ_ONLY, OpenMode.OPEN_OR_CREATE);

  /** What becomes of a file. */
  enum Manner {
    REMOVED,
    EMPTIED,
    OLDER,
    FOREIGN
  }

  /**
   * What becomes of one file.
   *
   * @param file its path within the store
   * @param manner what
   */
  record Change(String file, Manner manner) {}

  /** {@return every file of a store in every manner and mode, then older marks with lost files} */
  static List<Loss> all(Sample sample) throws IOException {
    List<Loss> losses = new ArrayList<>();
    List<Change> olderMarks = new ArrayList<>();
    List<Change> lost = new ArrayList<>();
    for (String file : sample.files()) {
      for (Manner manner : Manner.values()) {
        Change change = new Change(file, manner);
        if (!changes(sample, change)) {
          continue;
        }
        MODES.forEach(mode -> losses.add(new Loss(sample, List.of(change), mode)));
        if (manner == Manner.REMOVED || manner == Manner.EMPTIED) {
          lost.add(change);
        }
        if (manner == Manner.OLDER && Files.size(sample.store().resolve(file)) < MOST_MARK_BYTES) {
          olderMarks.add(change);
        }
      }
    }
    for (Change mark : olderMarks) {
      for (Change other : lost) {
        if (!other.file().equals(mark.file())) {
          losses.add(new Loss(sample, List.of(mark, other), OpenMode.OPEN));
        }
      }
    }
    return losses;
  }

  /** Does it to a copy of the store. */
  void apply(Path copy) throws IOException {
    for (Change change : changes) {
      Path file = copy.resolve(change.file());
      switch (change.manner()) {
        case REMOVED -> Files.delete(file);
        case EMPTIED -> Files.write(file, new byte[0]);
        case OLDER, FOREIGN ->
            Files.copy(source(sample, change), file, StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  /** {@return what was done, for people} */
  String text() {
    StringBuilder text = new StringBuilder();
    for (Change change : changes) {
      text.append(text.length() == 0 ? "" : ", ")
          .append(change.file())
          .append(' ')
          .append(change.manner());
    }
    return text.toString();
  }

  private static Path source(Sample sample, Change change) {
    Path from = change.manner() == Manner.OLDER ? sample.older() : sample.foreign();
    return from.resolve(change.file());
  }

  private static boolean changes(Sample sample, Change change) throws IOException {
    Path file = sample.store().resolve(change.file());
    return switch (change.manner()) {
      case REMOVED -> true;
      case EMPTIED -> Files.size(file) > 0;
      case OLDER, FOREIGN -> {
        Path source = source(sample, change);
        yield Files.exists(source) && Files.mismatch(source, file) >= 0;
      }
    };
  }
}
