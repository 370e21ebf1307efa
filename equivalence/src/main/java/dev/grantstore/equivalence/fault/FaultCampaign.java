package dev.grantstore.equivalence.fault;

import dev.grantstore.OpenMode;
import dev.grantstore.equivalence.fault.Samples.Sample;
import dev.grantstore.equivalence.run.CrashImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;

/**
 * Hurts the files of stores of one engine, loses them, and kills those who write them, and has
 * every case judged. The same seed does the same to stores that hold the same; where a kill hits is
 * up to the machine. One thread.
 */
public final class FaultCampaign implements AutoCloseable {
  /** What takes longer hangs; nothing that is judged takes more than a moment. */
  public static final Duration LONGEST_CASE = Duration.ofMinutes(3);

  private static final int MOST_KEPT = 20;

  /** For fewer it does not pay to make every sample. */
  private static final int FEW_CASES = 20;

  private static final int WRITES_EVERY = 3;
  private static final int LIVES_OF_A_STORE = 8;

  private final String scheme;
  private final long seed;
  private final Path scratch;
  private final Path findings;
  private final BooleanSupplier isInterrupted;
  private final JudgeProcess judge;
  private List<Sample> samples = List.of();
  private int kept;

  /**
   * Prepares a campaign; starts nothing yet.
   *
   * @param scheme the engine's
   * @param seed decides everything that is drawn
   * @param scratch an existing folder for stores
   * @param findings where cases are kept; made when the first is
   * @param longestCase what takes longer hangs
   * @param isInterrupted asked between cases
   */
  public FaultCampaign(
      String scheme,
      long seed,
      Path scratch,
      Path findings,
      Duration longestCase,
      BooleanSupplier isInterrupted) {
    this.scheme = scheme;
    this.seed = seed;
    this.scratch = scratch;
    this.findings = findings;
    this.isInterrupted = isInterrupted;
    judge = new JudgeProcess(scratch, longestCase);
  }

  /**
   * {@return what came of one kind of fault}
   *
   * @param kind which
   * @param cases the most cases
   */
  public FaultTally run(FaultKind kind, int cases) throws IOException, InterruptedException {
    FaultTally tally = new FaultTally(kind, scheme, seed);
    switch (kind) {
      case DAMAGE -> damage(tally, cases);
      case LOSS -> loss(tally, cases);
      case KILL -> kill(tally, cases);
    }
    return tally;
  }

  /**
   * {@return what comes of a kept case now, in words}
   *
   * @param finding its folder
   * @param scratch an existing folder for a copy of its store
   * @param longestCase what takes longer hangs
   */
  public static Repeated repeat(Path finding, Path scratch, Duration longestCase)
      throws IOException, InterruptedException {
    Trial trial = FaultFinding.read(finding);
    Path copy = scratch.resolve("tried");
    CrashImage.take(trial.store(), copy);
    try (JudgeProcess judge = new JudgeProcess(scratch, longestCase)) {
      Verdict verdict = judge.judge(trial.of(copy));
      return new Repeated(verdict.kind().isFinding(), verdict.kind() + " " + verdict.detail());
    } finally {
      CrashImage.delete(copy);
    }
  }

  /**
   * What came of a kept case when it was done again.
   *
   * @param isFinding whether it is still wrong
   * @param text what came
   */
  public record Repeated(boolean isFinding, String text) {}

  @Override
  public void close() throws IOException, InterruptedException {
    judge.close();
  }

  private void damage(FaultTally tally, int cases) throws IOException, InterruptedException {
    List<Sample> hurt = samples(cases);
    for (int i = 0; i < cases && !isInterrupted.getAsBoolean(); i++) {
      SplittableRandom random = new SplittableRandom(seed * 1_000_003 + i);
      Sample sample = hurt.get(i % hurt.size());
      OpenMode mode = random.nextBoolean() ? OpenMode.OPEN : OpenMode.READ_ONLY;
      Path copy = copyOf(sample.store());
      Damage.Done done = Damage.draw(copy, sample.files(), random);
      Trial trial = sample.trial(scheme, copy, mode, i % WRITES_EVERY == 0);
      Verdict verdict = judgeCopy(trial);
      if (verdict.kind() == Verdict.Kind.SILENT) {
        verdict =
            withoutChecksum(
                verdict,
                Files.readAllBytes(sample.store().resolve(done.file())),
                Files.readAllBytes(copy.resolve(done.file())));
      }
      close(
          tally,
          trial,
          String.format(Locale.ROOT, "%s, %s, %s", done.text(), sample.name(), mode),
          verdict);
    }
  }

  /** Counts apart what is for checksums of rows to find, and for those of pages. */
  private static Verdict withoutChecksum(Verdict silent, byte[] before, byte[] after) {
    if (RowBytes.differOnly(before, after)) {
      return new Verdict(Verdict.Kind.ROW, silent.steps(), silent.detail());
    }
    return RowBytes.differOnlyInPagesOfSqlite(before, after)
        ? new Verdict(Verdict.Kind.PAGE, silent.steps(), silent.detail())
        : silent;
  }

  private void loss(FaultTally tally, int cases) throws IOException, InterruptedException {
    List<Loss> losses = new ArrayList<>();
    for (Sample sample : samples(cases)) {
      losses.addAll(Loss.all(sample));
    }
    // A portion is one of all of them.
    SplittableRandom random = new SplittableRandom(seed);
    for (int last = losses.size() - 1; last > 0; last--) {
      Collections.swap(losses, last, random.nextInt(last + 1));
    }
    for (Loss loss : losses.subList(0, Math.min(cases, losses.size()))) {
      if (isInterrupted.getAsBoolean()) {
        return;
      }
      Path copy = copyOf(loss.sample().store());
      loss.apply(copy);
      Trial trial = loss.sample().trial(scheme, copy, loss.mode(), false);
      String done =
          String.format(Locale.ROOT, "%s, %s, %s", loss.text(), loss.sample().name(), loss.mode());
      close(tally, trial, done, judgeCopy(trial));
    }
  }

  private void kill(FaultTally tally, int cases) throws IOException, InterruptedException {
    Kills kills = new Kills(scheme, scratch);
    Path store = scratch.resolve("written");
    int steps = 0;
    long script = seed;
    for (int i = 0; i < cases && !isInterrupted.getAsBoolean(); i++) {
      if (i % LIVES_OF_A_STORE == 0) {
        CrashImage.delete(store);
        steps = 0;
        script = seed + i;
      }
      Kills.Death death =
          kills.writeAndKill(store, script, steps, new SplittableRandom(seed * 1_000_003 + i));
      Path copy = copyOf(store);
      Trial trial =
          new Trial(
              scheme,
              copy,
              OpenMode.OPEN_OR_CREATE,
              script,
              death.done(),
              death.done() + 1,
              false,
              i % WRITES_EVERY == 0);
      Verdict verdict = death.failure().isEmpty() ? judgeCopy(trial) : death.verdict();
      if (!verdict.kind().isFinding()) {
        verdict = kills.leftOver(tried(), verdict);
      }
      tally.killed(death.moment(), death.done() - steps);
      steps = verdict.steps();
      boolean isLost = verdict.kind().isFinding();
      close(
          tally,
          trial,
          String.format(
              Locale.ROOT, "killed in %s, %d calls acknowledged", death.moment(), death.done()),
          verdict);
      if (isLost) {
        i += LIVES_OF_A_STORE - 1 - i % LIVES_OF_A_STORE;
      }
    }
  }

  private List<Sample> samples(int cases) throws IOException {
    if (samples.isEmpty()) {
      Path folder = Files.createDirectories(scratch.resolve("samples"));
      samples = Samples.make(scheme, seed, folder, cases < FEW_CASES);
    }
    return samples;
  }

  private Path copyOf(Path store) throws IOException {
    Path copy = scratch.resolve("hurt");
    CrashImage.delete(copy);
    if (Files.exists(store)) {
      CrashImage.take(store, copy);
    } else {
      Files.createDirectory(copy); // killed before it made anything
    }
    return copy;
  }

  private Path tried() {
    return scratch.resolve("tried");
  }

  /** The trial's own store stays as it is, to be kept. */
  private Verdict judgeCopy(Trial trial) throws IOException, InterruptedException {
    CrashImage.delete(tried());
    CrashImage.take(trial.store(), tried());
    return judge.judge(trial.of(tried()));
  }

  private void close(FaultTally tally, Trial trial, String done, Verdict verdict)
      throws IOException {
    if (isInterrupted.getAsBoolean()) {
      return; // what ends this process may have ended the judge
    }
    tally.add(verdict, done);
    if (verdict.kind().isFinding() && kept < MOST_KEPT) {
      kept++;
      Path folder = findings.resolve(String.format(Locale.ROOT, "%s-%d-%02d", scheme, seed, kept));
      FaultFinding.write(folder, trial, done, verdict);
      tally.kept(folder);
    }
  }
}
