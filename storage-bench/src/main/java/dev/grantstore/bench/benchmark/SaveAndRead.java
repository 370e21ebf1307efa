package dev.grantstore.bench.benchmark;

import dev.grantstore.BulkLoadOptions;
import dev.grantstore.ContentDigest;
import dev.grantstore.GrantStore;
import dev.grantstore.OpenMode;
import dev.grantstore.SyncRun;
import dev.grantstore.bench.measure.Halt;
import dev.grantstore.bench.measure.Ticker;
import dev.grantstore.bench.result.CellResult.KeyCount;
import dev.grantstore.bench.result.CellSettings;
import dev.grantstore.bench.result.StageNotes;
import dev.grantstore.container.SaveOptions;
import dev.grantstore.container.SyncFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * G9: a sync is saved as a container, and the file taken into a new store of the same engine.
 *
 * <p>In between the file is opened and read to its end. That is the same code whichever engine
 * filled the file, so its times are figures of the container and no stages that engines are
 * compared by.
 */
final class SaveAndRead implements StagedBenchmark {
  private static final String OPEN_FILE = StageNotes.OF_CONTAINER + "openMillis";
  private static final String READ_FILE = StageNotes.OF_CONTAINER + "readMillis";

  @Override
  public String name() {
    return "G9";
  }

  @Override
  public String title() {
    return "save, take in again";
  }

  @Override
  public String description() {
    return "save: the sync into one file (a container); ingest: the file into a new store of the"
        + " engine; the file alone is opened and read besides";
  }

  @Override
  public boolean countsRows() {
    return true;
  }

  @Override
  public void run(Subject subject, CellSettings settings, StagedCell cell, Halt halt) {
    boolean warmsUp = !settings.warmup().isZero();
    cell.how(
        (warmsUp ? "one round before, left out; " : "nothing before; ")
            + "rounds until the time is up, one at least");
    long start = cell.ticker().nanos();
    if (warmsUp && !halt.isRequested()) {
      roundTrip(subject, new StagedCell(cell.ticker()), halt);
      cell.warmedUp(cell.ticker().nanos() - start);
    }
    start = cell.ticker().nanos();
    while (!halt.isRequested()) {
      roundTrip(subject, cell, halt);
      if (cell.ticker().nanos() - start >= settings.duration().toNanos()) {
        break;
      }
    }
  }

  private void roundTrip(Subject subject, StagedCell cell, Halt halt) {
    Ticker ticker = cell.ticker();
    Path folder = subject.scratch().folder();
    Path file = folder.resolve("sync.gsync");
    long rows = subject.sync().all().rows();
    try {
      StagedCell.Use use = cell.use();
      long start = ticker.nanos();
      SyncFiles.save(subject.store(), List.of(subject.syncId()), file, SaveOptions.defaults());
      long saved = ticker.nanos();
      try (GrantStore opened = SyncFiles.open(file, subject.scratch().cacheBytes())) {
        long ready = ticker.nanos();
        ListQuestions scan =
            new ListQuestions(
                name(),
                LookedAt.ALL_FIELDS,
                opened,
                List.of(SyncCheck.scan(subject)),
                KeyCount.NONE,
                halt);
        long reading = ticker.nanos();
        long answer = scan.operation(opened).ask(0);
        long read = ticker.nanos();
        use.end();
        check(subject, opened, scan, answer, halt);
        long ingested = ingest(subject, folder, file, cell, halt);
        if (!halt.isRequested()) {
          cell.record("save", saved - start, rows);
          cell.record("ingest", ingested, rows);
          cell.rate(rows * 1e9 / Math.max(1, saved - start + ingested));
          cell.figure(OPEN_FILE, (ready - saved) / 1e6);
          cell.figure(READ_FILE, (read - reading) / 1e6);
          cell.figure("fileBytesPerGrant", (double) Files.size(file) / Math.max(1, rows));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("container cannot be read: " + file, e);
    } finally {
      subject.scratch().discard();
    }
  }

  /**
   * {@return how long it took until the sync is sealed in a new store, every row of it compared}
   */
  private long ingest(Subject subject, Path folder, Path file, StagedCell cell, Halt halt) {
    String id = subject.syncId();
    try (GrantStore store = subject.scratch().openAt(folder.resolve("ingested"), OpenMode.CREATE)) {
      StagedCell.Use use = cell.use();
      long start = cell.ticker().nanos();
      SyncRun run = SyncFiles.ingest(file, id, store, id, BulkLoadOptions.defaults());
      long nanos = cell.ticker().nanos() - start;
      use.end();
      ContentDigest expected = subject.sync().all().digest();
      if (!run.digest().equals(Optional.of(expected))) {
        throw new WrongAnswerException(
            name(), "digest of the store", expected.toString(), run.digest().toString());
      }
      ListQuestions.verify(name(), store, SyncCheck.scan(subject), halt);
      return nanos;
    }
  }

  /** The digest that the file says, every row with all its fields, and what was read in time. */
  private void check(
      Subject subject, GrantStore opened, ListQuestions scan, long answer, Halt halt) {
    ContentDigest expected = subject.sync().all().digest();
    ContentDigest said =
        opened.sync(subject.syncId()).flatMap(SyncRun::digest).orElse(ContentDigest.EMPTY);
    if (!said.equals(expected)) {
      throw new WrongAnswerException(
          name(), "digest of the container", expected.toString(), said.toString());
    }
    scan.verify(0);
    if (!halt.isRequested() && answer != scan.key().answer(0)) {
      throw new WrongAnswerException(
          name(), scan.name(0), Long.toHexString(scan.key().answer(0)), Long.toHexString(answer));
    }
  }
}
