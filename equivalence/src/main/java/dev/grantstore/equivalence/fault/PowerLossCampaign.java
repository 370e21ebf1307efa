package dev.grantstore.equivalence.fault;

import dev.grantstore.Durability;
import dev.grantstore.OpenMode;
import dev.grantstore.equivalence.run.CrashImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Records how stores of one engine are written, makes what their disk may hold after a loss of
 * power at many moments, and has each such image judged: what the contract calls durable is there,
 * what is left is a prefix, and nothing is refused; checkpoints and containers that it made are
 * there once their call had returned, and before that whole or not at all. One thread.
 */
public final class PowerLossCampaign implements AutoCloseable {
  /** The store's folder on the recorded disk. */
  static final String STORE = "store";

  private static final int MOST_KEPT = 20;
  private static final int MOST_IMAGES_OF_A_RECORDING = 400;
  private static final int LIVES = 3;
  private static final int READS_EVERY = 4;
  private static final int WRITES_EVERY = 6;

  private final String scheme;
  private final List<Durability> durabilities;
  private final long seed;
  private final Path scratch;
  private final Path findings;
  private final BooleanSupplier isInterrupted;
  private final JudgeProcess judge;
  private final Predicate<String> forgotten;

  private final Map<Verdict.Kind, Integer> verdicts = new EnumMap<>(Verdict.Kind.class);
  private final List<String> found = new ArrayList<>();
  private final List<Path> kept = new ArrayList<>();
  private final Set<Integer> seen = new HashSet<>();
  private final Set<Integer> seenCopies = new HashSet<>();
  private int images;
  private int copies;
  private int recordings;
  private int events;
  private int repeated;

  /**
   * Prepares a campaign; starts nothing yet.
   *
   * @param scheme the engine's
   * @param durabilities in which stores are written; not empty
   * @param seed decides everything that is drawn
   * @param scratch an existing folder for stores
   * @param findings where cases are kept; made when the first is
   * @param longestCase what takes longer hangs
   * @param isInterrupted asked between cases
   */
  public PowerLossCampaign(
      String scheme,
      List<Durability> durabilities,
      long seed,
      Path scratch,
      Path findings,
      Duration longestCase,
      BooleanSupplier isInterrupted) {
    this(scheme, durabilities, seed, scratch, findings, longestCase, isInterrupted, path -> false);
  }

  /** As if the engine had forgotten to sync some files: see {@link RecordedDisk#read}. */
  PowerLossCampaign(
      String scheme,
      List<Durability> durabilities,
      long seed,
      Path scratch,
      Path findings,
      Duration longestCase,
      BooleanSupplier isInterrupted,
      Predicate<String> forgotten) {
    this.forgotten = forgotten;
    this.scheme = scheme;
    this.durabilities = List.copyOf(durabilities);
    this.seed = seed;
    this.scratch = scratch;
    this.findings = findings;
    this.isInterrupted = isInterrupted;
    judge = new JudgeProcess(scratch, longestCase);
  }

  /**
   * Has so many images judged, no two of them the same.
   *
   * @param images how many
   * @throws CannotRecordException if that cannot be done here
   */
  public void run(int images) throws IOException, InterruptedException, CannotRecordException {
    try (Recorder recorder = Recorder.make()) {
      int left = images;
      for (int i = 0; left > 0 && !isInterrupted.getAsBoolean(); i++) {
        left -= runRecorded(recorder, seed + i, Math.min(left, MOST_IMAGES_OF_A_RECORDING));
      }
    }
  }

  /** {@return how many images were judged} */
  public int images() {
    return images;
  }

  /** {@return how many images came out so} */
  int count(Verdict.Kind kind) {
    return verdicts.getOrDefault(kind, 0);
  }

  /** {@return what was wrong, a line for each; empty if nothing was} */
  public List<String> findings() {
    return List.copyOf(found);
  }

  /** {@return the folders in which cases were kept} */
  public List<Path> keptFolders() {
    return List.copyOf(kept);
  }

  /** {@return what came of it, in one line} */
  public String text() {
    return String.format(
        Locale.ROOT,
        "%-8s power loss, seed %d: %d images, %d copies: %s; %d recordings with %d events, %d images came"
            + " twice and were judged once",
        scheme,
        seed,
        images,
        copies,
        verdicts.entrySet().stream()
            .map(e -> e.getKey().name().toLowerCase(Locale.ROOT) + " " + e.getValue())
            .collect(Collectors.joining(", ")),
        recordings,
        events,
        repeated);
  }

  @Override
  public void close() throws IOException, InterruptedException {
    judge.close();
  }

  private int runRecorded(Recorder recorder, long script, int most)
      throws IOException, InterruptedException, CannotRecordException {
    RecordedDisk disk = recorder.record(scheme, script, lives(script), scratch, forgotten);
    recordings++;
    events += disk.events();
    Moments moments = new Moments(disk, script);
    int judged = 0;
    seen.clear();
    seenCopies.clear();
    for (int i = 0; judged < most && i < 2 * MOST_IMAGES_OF_A_RECORDING; i++) {
      if (isInterrupted.getAsBoolean()) {
        return judged;
      }
      SplittableRandom random = new SplittableRandom(script * 1_000_003 + i);
      Moments.Moment moment = moments.at(i, random);
      SortedMap<String, byte[]> image = disk.image(moment.cut(), moment.survival());
      if (seen.add(sum(image, moment))) {
        judge(script, i, moment, image);
        judged++;
      } else {
        repeated++;
      }
    }
    return Math.max(1, judged);
  }

  private List<Recorder.Life> lives(long script) {
    SplittableRandom random = new SplittableRandom(script);
    List<Durability> modes = new ArrayList<>(durabilities);
    while (modes.size() < LIVES) {
      modes.addAll(durabilities);
    }
    for (int last = modes.size() - 1; last > 0; last--) {
      Collections.swap(modes, last, random.nextInt(last + 1));
    }
    List<Recorder.Life> lives = new ArrayList<>();
    for (int i = 0; i < LIVES; i++) {
      boolean isLast = i == LIVES - 1;
      int end = (i + 1) * Script.CYCLE_STEPS + (isLast ? 0 : random.nextInt(5) - 2);
      boolean mayBeKilled = !isLast && modes.get(i) != Durability.BULK;
      boolean isKilled = mayBeKilled && lives.stream().noneMatch(Recorder.Life::isKilled);
      lives.add(new Recorder.Life(modes.get(i), end, isKilled));
    }
    return lives;
  }

  private void judge(
      long script, int number, Moments.Moment moment, SortedMap<String, byte[]> image)
      throws IOException, InterruptedException {
    Path store = write(image);
    OpenMode mode = OpenMode.OPEN_OR_CREATE;
    if (moment.least() > 0) {
      mode = number % READS_EVERY == READS_EVERY - 1 ? OpenMode.READ_ONLY : OpenMode.OPEN;
    }
    Trial trial =
        new Trial(
            scheme,
            store,
            mode,
            script,
            moment.least(),
            moment.most(),
            false,
            number % WRITES_EVERY == 0);
    String done =
        String.format(
            Locale.ROOT,
            "image %d of script %d, power lost after %s; %s",
            number,
            script,
            moment.text(),
            moment.survival().text());
    images++;
    judge(trial, done);
    for (StoreCopy copy : copies(image, moment)) {
      if (seenCopies.add(sum(copy, image))) {
        copies++;
        Path place = store.resolveSibling(copy.name());
        judge(copy.trial(scheme, place, script), copy.name() + " in " + done);
      }
    }
  }

  private void judge(Trial trial, String done) throws IOException, InterruptedException {
    if (isInterrupted.getAsBoolean()) {
      return;
    }
    Path tried = scratch.resolve("tried");
    CrashImage.delete(tried);
    if (Files.exists(trial.store())) { // else the judge says that it is not
      CrashImage.take(trial.store(), tried);
    }
    Verdict verdict = judge.judge(trial.of(tried));
    if (isInterrupted.getAsBoolean()) {
      return; // what ends this process may have ended the judge
    }
    verdicts.merge(verdict.kind(), 1, Integer::sum);
    if (verdict.kind().isFinding()) {
      found.add(
          String.format(
              Locale.ROOT, "%s: %s: %s %s", scheme, done, verdict.kind(), verdict.detail()));
      if (kept.size() < MOST_KEPT && Files.exists(trial.store())) {
        Path folder =
            findings.resolve(
                String.format(Locale.ROOT, "%s-power-%d-%02d", scheme, seed, kept.size() + 1));
        FaultFinding.write(folder, trial, done, verdict);
        kept.add(folder);
      }
    }
  }

  /** Copies that must be there, and those that are: nothing is seen of one before it is whole. */
  private static Set<StoreCopy> copies(SortedMap<String, byte[]> image, Moments.Moment moment) {
    Set<StoreCopy> all = new LinkedHashSet<>(moment.copies());
    for (String path : image.keySet()) {
      int slash = path.indexOf('/');
      StoreCopy.named(slash < 0 ? path : path.substring(0, slash)).ifPresent(all::add);
    }
    return all;
  }

  private Path write(SortedMap<String, byte[]> image) throws IOException {
    Path disk = scratch.resolve("image");
    CrashImage.delete(disk);
    Path store = Files.createDirectories(disk.resolve(STORE));
    for (Map.Entry<String, byte[]> entry : image.entrySet()) {
      Path path = disk.resolve(entry.getKey());
      if (entry.getKey().endsWith("/")) {
        Files.createDirectories(path);
      } else {
        Files.write(path, entry.getValue());
      }
    }
    return store;
  }

  private static int sum(SortedMap<String, byte[]> image, Moments.Moment moment) {
    return sum((moment.least() * 31 + moment.most()) * 31 + moment.copies().hashCode(), image);
  }

  private static int sum(StoreCopy copy, SortedMap<String, byte[]> image) {
    SortedMap<String, byte[]> own = new TreeMap<>(image);
    own.keySet().removeIf(path -> !path.equals(copy.name()) && !path.startsWith(copy.name() + "/"));
    return sum(copy.steps() * 31 + copy.kind().name().hashCode(), own);
  }

  private static int sum(int first, SortedMap<String, byte[]> image) {
    int sum = first;
    for (Map.Entry<String, byte[]> entry : image.entrySet()) {
      sum = (sum * 31 + entry.getKey().hashCode()) * 31 + Arrays.hashCode(entry.getValue());
    }
    return sum;
  }
}
