package dev.grantstore.bench.benchmark;

import dev.grantstore.CheckpointFiles;
import dev.grantstore.ContentDigest;
import dev.grantstore.DigestAccumulator;
import dev.grantstore.Excerpt;
import dev.grantstore.Grant;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStoreException;
import dev.grantstore.OpenMode;
import dev.grantstore.Reason;
import dev.grantstore.bench.measure.Halt;
import dev.grantstore.bench.measure.OpenFiles;
import dev.grantstore.bench.measure.Ticker;
import dev.grantstore.bench.result.CellSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * G6: the first opening of a store in a new process, up to its first answer, and its closing. What
 * an engine puts off when it is opened it does for the first answer, so both together are the
 * figure to compare by: the stage {@code ready}.
 *
 * <p>The engine's library and Java's classes are loaded in {@code open}. How long the store itself
 * takes says {@code open-again}: it is opened once more in the same process.
 *
 * <p>Warm, all files were read once before; cold, they were dropped from the system's cache, before
 * either opening.
 */
final class ColdOpen implements StagedBenchmark {
  @Override
  public String name() {
    return "G6";
  }

  @Override
  public String title() {
    return "cold open";
  }

  @Override
  public String description() {
    return "in a new JVM, once: open with its library, get one grant (ready: both), checkpoint, close;"
        + " open-again: with the library loaded";
  }

  @Override
  public boolean canBeCold() {
    return true;
  }

  @Override
  public boolean opensStores() {
    return true;
  }

  @Override
  public boolean needsNewProcess() {
    return true;
  }

  @Override
  public boolean warmsUp() {
    return false;
  }

  @Override
  public Needs needs() {
    return Needs.FILES;
  }

  @Override
  public boolean countsRows() {
    return false;
  }

  @Override
  public void run(Subject subject, CellSettings settings, StagedCell cell, Halt halt) {
    AskedGrants asked = subject.choice().choose(settings.seed(), halt);
    int number = new SplittableRandom(settings.seed()).nextInt(asked.count());
    String id = asked.id(number);
    boolean cold = settings.isCold();
    cell.how(
        "once, the first opening in its JVM, "
            + (cold
                ? "the files' pages dropped before each opening"
                : "its files read once before, nothing of it done before"));
    cell.note(
        "open", "engine's library and classes are loaded in it; in open-again they are there");
    if (cold) {
      subject.cooling().run();
    } else {
      readAll(subject.measured().files());
    }
    Path target = subject.scratch().folder().resolve("checkpoint");
    Ticker ticker = cell.ticker();
    StagedCell.Use use = cell.use();
    long start = ticker.nanos();
    GrantStore store = subject.measured().opening().get();
    try {
      long opened = ticker.nanos();
      Optional<Grant> answer = store.get(subject.syncId(), id);
      long answered = ticker.nanos();
      use.end();
      check(id, asked.digest(number), answer);
      cell.record("ready", answered - start, 1);
      cell.record("open", opened - start, 0);
      cell.record("answer", answered - opened, 1);
      OpenFiles.below(subject.measured().files())
          .ifPresent(files -> cell.figure("openedFiles", files));
      boolean isMade = checkpoint(store, target, cell);
      long closing = ticker.nanos();
      store.close();
      cell.record("close", ticker.nanos() - closing, 0);
      if (cold) {
        subject.cooling().run();
      }
      openAgain(subject, id, asked.digest(number), cell);
      if (isMade) {
        check(subject, target, halt);
      }
    } finally {
      store.close();
      subject.scratch().discard();
    }
  }

  private void openAgain(Subject subject, String id, ContentDigest expected, StagedCell cell) {
    long start = cell.ticker().nanos();
    try (GrantStore store = subject.measured().opening().get()) {
      cell.record("open-again", cell.ticker().nanos() - start, 0);
      check(id, expected, store.get(subject.syncId(), id));
    }
  }

  /** {@return whether the engine could make one, with links to the store's files or without} */
  private static boolean checkpoint(GrantStore store, Path target, StagedCell cell) {
    String why = "";
    for (CheckpointFiles files : CheckpointFiles.values()) {
      try {
        long start = cell.ticker().nanos();
        store.checkpoint(target, files);
        cell.record("checkpoint", cell.ticker().nanos() - start, 0);
        cell.note(
            "checkpoint",
            files == CheckpointFiles.LINKED ? "files linked" : "files copied, not linked: " + why);
        return true;
      } catch (GrantStoreException e) {
        if (e.reason() != Reason.UNSUPPORTED) {
          throw e;
        }
        why = String.valueOf(e.getMessage());
      }
    }
    cell.note("checkpoint", "left out: " + why);
    return false;
  }

  /** Every row of the checkpoint, opened as a store. */
  private void check(Subject subject, Path checkpoint, Halt halt) {
    try (GrantStore copy = subject.scratch().openAt(checkpoint, OpenMode.READ_ONLY)) {
      ListQuestions.verify(name(), copy, SyncCheck.scan(subject), halt);
    }
  }

  /** Every field. */
  private void check(String id, ContentDigest expected, Optional<Grant> answer) {
    DigestAccumulator found = new DigestAccumulator();
    answer.ifPresent(found::add);
    if (!found.digest().equals(expected)) {
      throw new WrongAnswerException(
          name(),
          Excerpt.of(id),
          "grant of digest " + expected.hex(),
          answer
              .map(g -> String.format(Locale.ROOT, "%s (digest %s)", g, found.digest().hex()))
              .orElse("nothing"));
    }
  }

  /** Brings the files into the system's cache, so that a warm opening finds all of them there. */
  private static void readAll(Path files) {
    try (Stream<Path> all = Files.walk(files)) {
      List<Path> regular = all.filter(Files::isRegularFile).toList();
      for (Path file : regular) {
        try (InputStream in = Files.newInputStream(file)) {
          in.transferTo(OutputStream.nullOutputStream());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("files of the store cannot be read: " + files, e);
    }
  }
}
