package dev.grantstore.bench.experiment;

import dev.grantstore.bench.fork.ForkRequest.AskedCell;
import dev.grantstore.fixture.Fixture;
import dev.grantstore.fixture.manifest.Manifest;
import dev.grantstore.fixture.spec.FixtureSpec;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A run before anything of it is made: what it measures, and about how long that takes.
 *
 * @param engines whose stores answer
 * @param first the engine whose fixture the others' are copies of
 * @param fixtures what is there and what has to be made, a line each
 * @param size what it measures, and how often
 */
public record RunDraft(
    List<EngineSpec> engines, EngineSpec first, List<String> fixtures, RunEstimate size) {
  /** Copies the lists. */
  public RunDraft {
    engines = List.copyOf(engines);
    fixtures = List.copyOf(fixtures);
  }

  /**
   * {@return a draft on a fixture that is there}
   *
   * @param cache has other engines' copies of it
   * @param engines whose stores answer
   * @param cells what is asked
   * @param forks how many JVMs for each
   * @param fixture holds the grants
   * @throws IOException if the cache cannot be read
   */
  public static RunDraft of(
      FixtureCache cache,
      List<EngineSpec> engines,
      List<AskedCell> cells,
      int forks,
      Fixture fixture)
      throws IOException {
    EngineSpec own = EngineSpec.parse(List.of(fixture.manifest().engine().scheme())).get(0);
    long grants = fixture.manifest().grants();
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT, "%s: %,d grants, is there: %s", own.name(), grants, fixture.path()));
    return withCopies(
        cache,
        engines,
        own,
        Optional.of(fixture.manifest()),
        lines,
        0,
        new RunEstimate(1, cells, forks, grants, 0));
  }

  /**
   * {@return a draft on generated grants}
   *
   * @param cache keeps them
   * @param engines whose stores answer
   * @param cells what is asked
   * @param forks how many JVMs for each
   * @param spec which grants
   * @throws IOException if the cache cannot be read
   */
  public static RunDraft synthetic(
      FixtureCache cache,
      List<EngineSpec> engines,
      List<AskedCell> cells,
      int forks,
      FixtureSpec spec)
      throws IOException {
    EngineSpec first = first(engines);
    Optional<Manifest> found = cache.found(spec, first);
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "%s: %,d grants, synthetic, %s",
            first.name(),
            spec.grants(),
            state(found.isPresent())));
    RunEstimate size = new RunEstimate(1, cells, forks, spec.grants(), 0);
    return withCopies(cache, engines, first, found, lines, found.isPresent() ? 0 : 1, size);
  }

  /**
   * The first engine that has files, without its options: whatever has some gets a copy, as do the
   * other engines, and what has none is not to find files that were made with some.
   */
  private static EngineSpec first(List<EngineSpec> engines) {
    EngineSpec first =
        engines.stream()
            .filter(EngineSpec::hasFiles)
            .findFirst()
            .orElseGet(() -> EngineSpec.parse(List.of("rocksdb")).get(0));
    return EngineSpec.parse(List.of(first.scheme())).get(0);
  }

  private static RunDraft withCopies(
      FixtureCache cache,
      List<EngineSpec> engines,
      EngineSpec first,
      Optional<Manifest> source,
      List<String> lines,
      int toMake,
      RunEstimate size)
      throws IOException {
    int made = toMake;
    for (EngineSpec engine : engines) {
      boolean isOwn = engine.scheme().equals(first.scheme()) && engine.options().isEmpty();
      if (engine.hasFiles() && !isOwn) {
        boolean isThere = source.isPresent() && cache.hasCopy(source.get(), engine);
        made += isThere ? 0 : 1;
        lines.add(
            String.format(Locale.ROOT, "%s: a copy of them, %s", engine.name(), state(isThere)));
      }
    }
    RunEstimate whole =
        new RunEstimate(engines.size(), size.cells(), size.forks(), size.grants(), made);
    return new RunDraft(engines, first, lines, whole);
  }

  private static String state(boolean isThere) {
    return isThere ? "in the cache" : "to be made";
  }

  /** {@return what is asked of each engine} */
  public List<AskedCell> cells() {
    return size.cells();
  }

  /** {@return how many JVMs for each cell of each engine; 0 to measure in one} */
  public int forks() {
    return size.forks();
  }

  /**
   * {@return this, or less of it, so that it fits}
   *
   * @param budget how long it may take
   * @throws IllegalArgumentException if what is left could not be judged
   */
  public RunDraft within(Duration budget) {
    return new RunDraft(engines, first, fixtures, size.within(budget));
  }

  /** {@return about how long it takes, in a line} */
  public String estimate() {
    String forked =
        forks() == 0
            ? "no forks"
            : String.format(
                Locale.ROOT, "%s of each (%d in all)", count(forks(), "fork"), size.measurements());
    String made =
        size.fixturesToMake() == 0
            ? ""
            : String.format(
                Locale.ROOT, ", %s to be made first", count(size.fixturesToMake(), "fixture"));
    return String.format(
        Locale.ROOT,
        "about %s: %s on %s, %s, %,d grants%s",
        Spoken.time(size.total()),
        count(cells().size(), "cell"),
        count(engines.size(), "engine"),
        forked,
        size.grants(),
        made);
  }

  private static String count(int number, String thing) {
    return number == 1 ? "1 " + thing : String.format(Locale.ROOT, "%d %ss", number, thing);
  }

  /** {@return all of it, ended by a line feed} */
  public String words() {
    StringBuilder out = new StringBuilder();
    out.append("fixture  ").append(String.join("\n         ", fixtures)).append('\n');
    out.append("engines  ")
        .append(String.join(", ", engines.stream().map(EngineSpec::name).toList()))
        .append('\n');
    String start = "cells    ";
    for (AskedCell cell : cells()) {
      String warmup = Spoken.time(cell.settings().warmup());
      String duration = Spoken.time(cell.settings().duration());
      out.append(start)
          .append(
              String.format(
                  Locale.ROOT, "%s: warm-up %s, measured %s", cell.question(), warmup, duration))
          .append('\n');
      start = "         ";
    }
    out.append("order    ")
        .append(
            forks() == 0
                ? "one JVM for everything, one cell after the other"
                : String.format(
                    Locale.ROOT,
                    "a look at each engine, then %d rounds: in each a JVM for each cell of each engine, engines in turn forwards and backwards",
                    forks()))
        .append('\n');
    return out.append("time     ").append(estimate()).append('\n').toString();
  }
}
