package dev.grantstore.bench.run;

import dev.grantstore.Durability;
import dev.grantstore.bench.benchmark.Benchmark;
import dev.grantstore.bench.benchmark.Benchmarks;
import dev.grantstore.bench.result.CellSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What is to be done on one engine's store, for a cell or for all of them: all that a JVM needs to
 * know to do it. Has a JSON form, which is also what another build of this tool is asked with: a
 * component that is added, renamed or left out parts the two.
 *
 * @param fixture the fixture's folder
 * @param engine whose store answers
 * @param engineOptions settings of that store by the engine's own names; of one that is elsewhere
 *     besides where it is, under {@link #ADDRESS}; and {@link #MEMORY_GROUPS}
 * @param steps what is to be done
 * @param cells what is to be measured or counted, in this order
 * @param cacheBytes memory for the store's cached blocks
 * @param durability what a returned write survives, in stores that are written
 * @param scratchFolder where stores are made to be written into; exists
 * @param slowdownPercent by how much every operation is prolonged on purpose; 0 for not at all
 */
public record CellRequest(
    String fixture,
    Engine engine,
    Map<String, String> engineOptions,
    Set<Step> steps,
    List<AskedCell> cells,
    long cacheBytes,
    Durability durability,
    String scratchFolder,
    double slowdownPercent) {

  /** Stands among the options of a store that is no folder; no engine has such an option. */
  public static final String ADDRESS = "@address";

  /**
   * Stands among the options where the memory of JVMs is to be limited, with the folder that
   * control groups are made in; without it their heap is limited. A run decides that once.
   */
  public static final String MEMORY_GROUPS = "@memory-groups";

  /** Whose store answers. */
  public enum Engine {
    /** The store that the fixture holds. */
    OF_FIXTURE,
    /** A store in memory, which is filled from the fixture first. */
    MEMORY,
    /** A store that is no folder of this machine, and has the fixture's grants already. */
    ELSEWHERE,
    /**
     * The null engine: has one row and gives it whatever the question, so no answer is compared.
     */
    NULL
  }

  /** One thing to do; they are done in this order. */
  public enum Step {
    /** Compare every row of the store with the manifest. */
    CHECK,
    /** Find out what the store takes in memory; wants a process that did nothing before. */
    RESIDENT,
    /** Measure the cells. */
    MEASURE,
    /** Ask some of the cells' questions once more on an engine that counts. */
    COUNT
  }

  /**
   * A benchmark and how it is measured.
   *
   * @param benchmark its name, such as {@code G2}
   * @param settings how it is measured
   */
  public record AskedCell(String benchmark, CellSettings settings) {
    /** {@return what is asked and how, as results name it} */
    public String question() {
      return settings.question(benchmark);
    }

    /**
     * {@return the benchmark of that name}
     *
     * @throws IllegalArgumentException if there is none
     */
    public Benchmark named() {
      return Benchmarks.named(List.of(benchmark)).get(0);
    }
  }

  /** Copies the collections and checks the bounds. */
  public CellRequest {
    engineOptions = Map.copyOf(engineOptions);
    steps = Set.copyOf(steps);
    cells = List.copyOf(cells);
    checkSlowdown(slowdownPercent);
  }

  /**
   * Checks by how much operations are prolonged.
   *
   * @param percent the share
   * @throws IllegalArgumentException if it is out of bounds
   */
  public static void checkSlowdown(double percent) {
    if (!(percent >= 0 && percent <= 1_000)) {
      throw new IllegalArgumentException("slow-down must be from 0 to 1000 percent: " + percent);
    }
  }

  /**
   * {@return the same, but only to measure one cell}
   *
   * @param cell which
   */
  public CellRequest measuring(AskedCell cell) {
    return with(Set.of(Step.MEASURE), List.of(cell), slowdownPercent);
  }

  /** {@return the same, but of no cells: nothing of theirs is asked} */
  public CellRequest bare() {
    return with(steps, List.of(), slowdownPercent);
  }

  /**
   * {@return the same, but with every operation prolonged}
   *
   * @param percent by how much
   */
  public CellRequest slowed(double percent) {
    return with(steps, cells, percent);
  }

  /**
   * {@return the same with another cache}
   *
   * @param bytes memory for the store's cached blocks
   */
  public CellRequest withCache(long bytes) {
    return new CellRequest(
        fixture,
        engine,
        engineOptions,
        steps,
        cells,
        bytes,
        durability,
        scratchFolder,
        slowdownPercent);
  }

  private CellRequest with(Set<Step> others, List<AskedCell> asked, double percent) {
    return new CellRequest(
        fixture,
        engine,
        engineOptions,
        others,
        asked,
        cacheBytes,
        durability,
        scratchFolder,
        percent);
  }

  /**
   * {@return the same, but with JVMs whose memory is limited in control groups}
   *
   * @param parent the folder that they are made in
   */
  public CellRequest limitedIn(Path parent) {
    Map<String, String> options = new TreeMap<>(engineOptions);
    options.put(MEMORY_GROUPS, parent.toString());
    return new CellRequest(
        fixture,
        engine,
        options,
        steps,
        cells,
        cacheBytes,
        durability,
        scratchFolder,
        slowdownPercent);
  }

  /** {@return the folder that control groups are made in; empty where the heap is limited} */
  public Optional<Path> memoryGroups() {
    return Optional.ofNullable(engineOptions.get(MEMORY_GROUPS)).map(Path::of);
  }

  /** {@return where the store is, if it is no folder; empty otherwise} */
  String address() {
    return engineOptions.getOrDefault(ADDRESS, "");
  }

  /** {@return the engine's own settings} */
  Map<String, String> ownOptions() {
    Map<String, String> own = new TreeMap<>(engineOptions);
    own.remove(ADDRESS);
    own.remove(MEMORY_GROUPS);
    return own;
  }

  /** {@return whether a cell is measured of whose store nothing may be in memory} */
  public boolean isCold() {
    return steps.contains(Step.MEASURE)
        && cells.stream().anyMatch(cell -> cell.settings().isCold());
  }
}
