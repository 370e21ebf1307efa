package dev.grantstore.bench.benchmark;

import dev.grantstore.ContentDigest;
import dev.grantstore.GrantStore;
import dev.grantstore.SyncRun;
import dev.grantstore.bench.measure.Halt;
import dev.grantstore.bench.measure.Ticker;
import dev.grantstore.bench.result.CellResult;
import dev.grantstore.bench.result.CellResult.KeyCount;
import dev.grantstore.bench.result.CellSettings;
import dev.grantstore.container.SaveOptions;
import dev.grantstore.container.SyncFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** G9: a sync is saved as a container, and the file is opened and read to its end. */
final class SaveAndRead implements StagedBenchmark {
  @Override
  public String name() {
    return "G9";
  }

  @Override
  public String title() {
    return "save, open, read all";
  }

  @Override
  public String description() {
    return "the sync into one file (a container), which is opened, and all fields of all its rows"
        + " read; each a stage";
  }

  @Override
  public boolean countsRows() {
    return true;
  }

  @Override
  public void run(Subject subject, CellSettings settings, StagedCell cell, Halt halt) {
    cell.note(CellResult.LOOKS_AT, LookedAt.ALL_FIELDS.toString());
    if (!settings.warmup().isZero()) {
      roundTrip(subject, new StagedCell(cell.ticker()), halt);
    }
    long start = cell.ticker().nanos();
    while (!halt.isRequested()) {
      roundTrip(subject, cell, halt);
      if (cell.ticker().nanos() - start >= settings.duration().toNanos()) {
        break;
      }
    }
  }

  private void roundTrip(Subject subject, StagedCell cell, Halt halt) {
    Ticker ticker = cell.ticker();
    Path file = subject.scratch().folder().resolve("sync.gsync");
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
        if (!halt.isRequested()) {
          cell.record("save", saved - start, rows);
          cell.record("open", ready - saved, 0);
          cell.record("read", read - reading, rows);
          cell.rate(rows * 1e9 / Math.max(1, saved - start + ready - saved + read - reading));
          cell.figure("fileBytesPerGrant", (double) Files.size(file) / Math.max(1, rows));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("container cannot be read: " + file, e);
    } finally {
      subject.scratch().discard();
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
