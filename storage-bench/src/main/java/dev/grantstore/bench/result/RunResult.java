package dev.grantstore.bench.result;

import dev.grantstore.Excerpt;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One run: everything a reader needs to believe its figures, to compare them, or to repeat them.
 *
 * @param formatVersion of this model, {@link #FORMAT_VERSION} when written by this code
 * @param toolVersion of storage-bench
 * @param tag a name that somebody gave the run, or empty
 * @param command the arguments it was called with
 * @param startedAt when it began
 * @param endedAt when it ended
 * @param interrupted whether somebody stopped it; the forks before that are whole
 * @param method how it was measured
 * @param environment which machine
 * @param engines which engines, in the order asked for; names are unique
 * @param cells the figures: all engines of one question beside each other, in the order asked for
 * @param failures what was to be measured and was not
 * @param notApplicable what was not asked of an engine, because it cannot be
 * @param warnings what a reader should know before using the figures
 */
public record RunResult(
    int formatVersion,
    String toolVersion,
    String tag,
    List<String> command,
    Instant startedAt,
    Instant endedAt,
    boolean interrupted,
    Method method,
    Environment environment,
    List<EngineResult> engines,
    List<CellSeries> cells,
    List<CellFailure> failures,
    List<NotApplicable> notApplicable,
    List<String> warnings) {

  /** The version of this model. */
  public static final int FORMAT_VERSION = 6;

  /** The oldest version that is read; what came later is then not known. */
  public static final int OLDEST_VERSION = 3;

  /** Copies the lists. */
  public RunResult {
    command = List.copyOf(command);
    engines = List.copyOf(engines);
    cells = List.copyOf(cells);
    failures = List.copyOf(failures);
    notApplicable = List.copyOf(notApplicable);
    warnings = List.copyOf(warnings);
    Set<String> names = new HashSet<>();
    for (EngineResult engine : engines) {
      if (!names.add(engine.name())) {
        throw new IllegalArgumentException(
            "engines: one is there twice: " + Excerpt.of(engine.name()));
      }
    }
    Bounds.recent("startedAt", startedAt);
    Bounds.recent("endedAt", endedAt);
  }

  /** Creates a result of a run in which every engine was asked everything. */
  public RunResult(
      int formatVersion,
      String toolVersion,
      String tag,
      List<String> command,
      Instant startedAt,
      Instant endedAt,
      boolean interrupted,
      Method method,
      Environment environment,
      List<EngineResult> engines,
      List<CellSeries> cells,
      List<CellFailure> failures,
      List<String> warnings) {
    this(
        formatVersion,
        toolVersion,
        tag,
        command,
        startedAt,
        endedAt,
        interrupted,
        method,
        environment,
        engines,
        cells,
        failures,
        List.of(),
        warnings);
  }

  /**
   * {@return the cells by {@link CellSeries#question}, in the run's order; those of each in the
   * order of the engines, whichever was measured first}
   */
  public Map<String, List<CellSeries>> questions() {
    List<String> names = engines.stream().map(EngineResult::name).toList();
    Map<String, List<CellSeries>> questions =
        cells.stream()
            .collect(
                Collectors.groupingBy(
                    CellSeries::question, LinkedHashMap::new, Collectors.toUnmodifiableList()));
    questions.replaceAll(
        (question, of) ->
            of.stream()
                .sorted(Comparator.comparingInt(cell -> names.indexOf(cell.engine())))
                .toList());
    return questions;
  }

  /**
   * {@return the engine of that name}
   *
   * @param name as in {@link CellSeries#engine}
   */
  public EngineResult engine(String name) {
    return engines.stream()
        .filter(engine -> engine.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no such engine in the run: " + name));
  }

  /**
   * How a run measured.
   *
   * @param forks how many JVMs were started for each cell; 0 when all was measured in one JVM, the
   *     one that reports
   * @param order in which order forks ran, in words
   * @param cellTimeout after how long a fork that does not answer is ended
   * @param cacheBytes memory for cached blocks, the same for every engine
   * @param durability what a returned write survives, the same for every engine
   */
  public record Method(
      int forks, String order, Duration cellTimeout, long cacheBytes, String durability) {
    /** Checks the bounds. */
    public Method {
      Bounds.notNegative("forks", forks);
      Bounds.notNegative("cacheBytes", cacheBytes);
      Bounds.atMostAYear("cellTimeout", cellTimeout);
    }
  }

  /**
   * Something that was to be measured and was not.
   *
   * @param engine the engine's name in this run
   * @param question what was asked and how, as {@link CellSeries#question}; empty where the engine
   *     itself was not to be had
   * @param round the round of the run, from 0
   * @param kind what went wrong
   * @param reason the same in a line
   */
  public record CellFailure(String engine, String question, int round, Kind kind, String reason) {
    /** Checks the bounds. */
    public CellFailure {
      Bounds.notNegative("round", round);
    }

    /** What can go wrong with one fork. */
    public enum Kind {
      /** The engine is not there: no library, or not for this platform. */
      UNAVAILABLE,
      /** An answer was wrong. */
      WRONG_ANSWER,
      /** The fork did not answer in time and was ended. */
      TIMEOUT,
      /** The fork was killed, or ran out of memory. */
      DIED,
      /** The fork failed otherwise. */
      FAILED
    }
  }

  /**
   * Something that makes no sense to ask of an engine: no failure, and nothing is missing.
   *
   * @param engine the engine's name in this run
   * @param question what was not asked, as {@link CellSeries#question}
   * @param reason why, in a line
   */
  public record NotApplicable(String engine, String question, String reason) {}

  /**
   * One engine of a run, with the store it answered from.
   *
   * @param name of this engine in this run: its scheme, with its options if it has any
   * @param facts which engine, how opened
   * @param fixture which grants
   * @param disk what the store takes on disk
   * @param resident what it takes in memory; null where it was not measured: not on Linux, without
   *     forks, or before format version 4
   */
  public record EngineResult(
      String name,
      EngineFacts facts,
      FixtureFacts fixture,
      DiskUse disk,
      @Nullable ResidentUse resident) {}

  /**
   * Which engine answered, and how it was opened.
   *
   * @param scheme the engine's name in a store address
   * @param version the engine's version
   * @param openMode how the fixture's store was opened
   * @param durability what a returned write survives, in scratch stores
   * @param cacheBytes memory for cached blocks
   * @param options further settings by the engine's own names
   * @param effectiveOptions what the engine says it runs with, by its own names
   */
  public record EngineFacts(
      String scheme,
      String version,
      String openMode,
      String durability,
      long cacheBytes,
      SortedMap<String, String> options,
      SortedMap<String, String> effectiveOptions) {
    /** Stands among the effective options where another build of this tool measured. */
    public static final String BUILD = "build";

    /** Stands among them with the cluster that a store is in, where it is in one. */
    public static final String PLACE = "place";

    /** Stands among them with how many servers of a cluster have each row. */
    public static final String REPLICAS = "replicas";

    /** Stands among them with how many servers keep rows in the cluster that a store is in. */
    public static final String SERVERS = "servers";

    /** Stands among them with how many ranges the rows of such a store are in. */
    public static final String RANGES = "ranges";

    /** Stands among them with whether a run has loaded the grants of such a store or found them. */
    public static final String GRANTS = "grants";

    /** What such a store tells of itself. */
    public static final List<String> OF_CLUSTER = List.of(SERVERS, REPLICAS, RANGES);

    /** Checks the bounds. */
    public EngineFacts {
      Bounds.notNegative("cacheBytes", cacheBytes);
    }

    /**
     * {@return the same, with the build that measured, or without}
     *
     * @param build its version; null if it is that of the result
     */
    public EngineFacts ofBuild(@Nullable String build) {
      return with(BUILD, build);
    }

    /**
     * {@return the same, of a store in a cluster whose grants were loaded by the run, or found}
     *
     * @param loaded how they came there; null if it is in none
     */
    public EngineFacts ofGrants(@Nullable String loaded) {
      return with(GRANTS, loaded);
    }

    private EngineFacts with(String name, @Nullable String value) {
      SortedMap<String, String> effective = new TreeMap<>(effectiveOptions);
      if (value == null) {
        effective.remove(name);
      } else {
        effective.put(name, value);
      }
      return new EngineFacts(scheme, version, openMode, durability, cacheBytes, options, effective);
    }
  }

  /**
   * Which grants were read.
   *
   * @param path the fixture's folder, or what stands for it
   * @param origin the specification, or the source it was imported from
   * @param syncId the sync
   * @param grants how many grants
   * @param digest their content digest; equal digests mean equal grants
   * @param generator what made it, with its version
   * @param createdAt when it was made
   * @param load how its grants were loaded, and with which durability
   */
  public record FixtureFacts(
      String path,
      String origin,
      String syncId,
      long grants,
      String digest,
      String generator,
      Instant createdAt,
      String load) {
    /** Checks the bounds. */
    public FixtureFacts {
      Bounds.notNegative("grants", grants);
      Bounds.recent("createdAt", createdAt);
    }
  }

  /**
   * What a store takes on disk, closed.
   *
   * @param bytes all of it
   * @param method {@code allocated blocks}, or {@code file lengths} where those cannot be had;
   *     {@link #NOT_KNOWN} where the store is not on this machine, and then there is no other
   *     figure
   * @param keyspaceBytes the files of each keyspace, as the engine says, in file lengths
   * @param otherBytes the rest: log, metadata, and blocks allocated beyond the end of files
   * @param bytesPerGrant all of it divided by the grants
   * @param amplification all of it divided by the grants' canonical bytes; 0 where those are
   *     unknown
   */
  public record DiskUse(
      long bytes,
      String method,
      SortedMap<String, Long> keyspaceBytes,
      long otherBytes,
      double bytesPerGrant,
      double amplification) {
    /** What is said instead of figures of a store that is not on this machine. */
    public static final String NOT_KNOWN = "not known: it is in a cluster";

    /** {@return that nothing is known} */
    public static DiskUse notKnown() {
      return new DiskUse(0, NOT_KNOWN, new TreeMap<>(), 0, 0, 0);
    }

    /** {@return whether there are figures} */
    public boolean isKnown() {
      return !method.equals(NOT_KNOWN);
    }

    /** Checks the bounds. */
    public DiskUse {
      Bounds.notNegative("bytes", bytes);
      Bounds.notNegative("keyspaceBytes", keyspaceBytes);
      Bounds.notNegative("otherBytes", otherBytes);
      Bounds.notNegative("bytesPerGrant", bytesPerGrant);
      Bounds.notNegative("amplification", amplification);
    }
  }

  /**
   * What a store takes in memory while it is open and warm: the resident memory of its process
   * then, minus that of the same process before it was opened. Of the Java heap that counts which
   * is in use after a collection, not what the collector keeps. Warm means that every row was read
   * once, and that the read questions of the run were asked, up to 10,000 of each; so caches are as
   * full as these make them.
   *
   * <p>What the JVM itself needed meanwhile, for compiled code and the like, is in it: some MiB,
   * which weigh in a small store. Pages of mapped files are the system's to take back. Of a store
   * that is in the Java heap the heap alone counts.
   *
   * @param bytes all of it; 0 where the process needed no more than before
   * @param heapBytes Java heap in it
   * @param mappedFileBytes pages of mapped files in it
   * @param bytesPerGrant all of it divided by the grants
   */
  public record ResidentUse(
      long bytes, long heapBytes, long mappedFileBytes, double bytesPerGrant) {
    /** Checks the bounds. */
    public ResidentUse {
      Bounds.notNegative("bytes", bytes);
      Bounds.notNegative("heapBytes", heapBytes);
      Bounds.notNegative("mappedFileBytes", mappedFileBytes);
      Bounds.notNegative("bytesPerGrant", bytesPerGrant);
    }
  }
}
