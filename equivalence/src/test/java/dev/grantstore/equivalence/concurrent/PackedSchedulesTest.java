package dev.grantstore.equivalence.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.Durability;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStores;
import dev.grantstore.OpenMode;
import dev.grantstore.StoreOptions;
import dev.grantstore.equivalence.run.FolderSubject;
import dev.grantstore.equivalence.run.Subject;
import dev.grantstore.equivalence.workload.Ask;
import dev.grantstore.equivalence.workload.Op;
import dev.grantstore.equivalence.workload.Row;
import dev.grantstore.equivalence.workload.Row.EntitlementIds;
import dev.grantstore.equivalence.workload.Row.PrincipalIds;
import dev.grantstore.equivalence.workload.Settings;
import dev.grantstore.equivalence.workload.Workload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * A sync becomes pages, or is dropped, beside each kind of read, and beside its like: on each
 * schedule there is a legal order. Pages have one row, and none is kept once it was read, so that
 * every row is a step.
 */
final class PackedSchedulesTest {
  private static final String ENGINE = "rocksdb";
  private static final Settings ONE_ROW_PAGES =
      Settings.of(Map.of("rocksdb.page_bytes", "1", Settings.CACHE_BYTES, "0"));
  private static final Settings KEPT_PAGES = Settings.of(Map.of("rocksdb.page_bytes", "1"));

  private static final EntitlementIds ENTITLEMENT = new EntitlementIds(3, 3, 3);
  private static final PrincipalIds PRINCIPAL = new PrincipalIds(4, 4);
  private static final List<Op> ROWS =
      List.of(
          new Op.StartSync(0),
          new Op.PutAll(0, List.of(row(0, ENTITLEMENT), row(1, new EntitlementIds(3, 3, 4)))),
          new Op.Put(0, row(2, ENTITLEMENT)));
  private static final List<Op> SEALED = with(ROWS, new Op.Seal(0));

  @TempDir Path folder;

  /** By whether they seal rows: stores are opened once for all pairs. */
  private final Map<Boolean, Subject> subjects = new HashMap<>();

  private long schedules;

  /** What changes how a sync is stored. */
  private enum Change {
    SEAL(ROWS, new Op.Seal(0)),
    SEAL_AND_DROP(ROWS, new Op.Seal(0), new Op.Drop(0)),
    DROP(SEALED, new Op.Drop(0)),
    DROP_AND_SEAL_ANEW(
        SEALED,
        new Op.Drop(0),
        new Op.StartSync(0),
        new Op.Put(0, row(1, ENTITLEMENT)),
        new Op.Seal(0)),
    DROP_AND_LOAD_ANEW(SEALED, new Op.Drop(0), new Op.BulkLoad(0, List.of(row(1, ENTITLEMENT)), 1)),
    SETTLE(SEALED, new Op.Settle());

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<Op> before;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<Op> lane;

    Change(List<Op> before, Op... lane) {
      this.before = before;
      this.lane = List.of(lane);
    }
  }

  @AfterEach
  void closeStores() {
    subjects.values().forEach(Subject::close);
    System.out.printf(Locale.ROOT, "schedules over packed syncs: %,d%n", schedules);
  }

  @TestFactory
  Stream<DynamicTest> someSchedulesOfEachPairAreLegal() {
    return pairs(false, new Exploration(1, 2, 3));
  }

  @Tag("deep")
  @TestFactory
  Stream<DynamicTest> allSchedulesOfEachPairAreLegal() {
    return pairs(true, new Exploration(1, 100_000, 100));
  }

  @Tag("deep")
  @Test
  void drawnProgramsOverPagesAreLegal() throws IOException {
    ConcurrentCampaign.Result result =
        new ConcurrentCampaign(
                ENGINE,
                () -> subject(false),
                new ProgramGenerator(2, 3, Set.of()),
                1,
                150,
                20,
                () -> false)
            .run(7_000, 100, folder, Duration.ofMinutes(1));

    schedules += result.schedules();
    assertThat(result.report()).isEmpty();
    assertThat(result.finding()).isEmpty();
  }

  private Stream<DynamicTest> pairs(boolean isWhole, Exploration exploration) {
    List<DynamicTest> tests = new ArrayList<>();
    boolean isKept = true;
    for (Change change : Change.values()) {
      isKept = !isKept;
      for (Map.Entry<String, List<Op>> read : reads().entrySet()) {
        Program program =
            new Program(
                new Workload(
                    tests.size(),
                    List.of("g", "gg", "h", "e", "ee"),
                    List.of("s"),
                    List.of(isKept ? KEPT_PAGES : ONE_ROW_PAGES),
                    change.before),
                List.of(change.lane, read.getValue()));
        tests.add(
            DynamicTest.dynamicTest(
                change + " beside " + read.getKey(),
                () -> {
                  Exploration.Result result = explore(change, program, exploration);
                  assertThat(result.found().map(Picture::of)).isEmpty();
                  assertThat(result.isWhole()).isIn(isWhole, true);
                }));
      }
    }
    return tests.stream();
  }

  private Exploration.Result explore(Change change, Program program, Exploration exploration) {
    Subject subject = subjects.computeIfAbsent(change == Change.SETTLE, this::subject);
    try (Trial trial = new Trial(program, subject)) {
      Exploration.Result result =
          exploration.run(trial::run, 2, program.setup().seed(), () -> false);
      assertThat(trial.sawPoints()).isTrue();
      schedules += result.schedules();
      return result;
    }
  }

  private static Map<String, List<Op>> reads() {
    Map<String, List<Op>> reads = new TreeMap<>();
    reads.put("get", List.of(new Op.Get(0, 0, 1)));
    reads.put("getAll", List.of(new Op.GetAll(0, 0, List.of(0, 3, 2))));
    reads.put("holds", List.of(new Op.Holds(0, 0, PRINCIPAL, ENTITLEMENT)));
    reads.put("scan", List.of(new Op.ListRows(0, 0, Ask.scan(), 0)));
    reads.put("list", List.of(new Op.ListRows(0, 0, Ask.of(ENTITLEMENT), 0)));
    reads.put("pages", List.of(new Op.Page(0, 0, 0, Ask.of(PRINCIPAL), 1), new Op.Resume(0, 0, 5)));
    reads.put(
        "cursor",
        List.of(
            new Op.OpenCursor(0, 0, 0, Ask.scan()), new Op.NextRows(0, 1), new Op.NextRows(0, 9)));
    reads.put(
        "snapshot",
        List.of(
            new Op.OpenSnapshot(1),
            new Op.ListRows(1, 0, Ask.scan(), 0),
            new Op.Get(1, 0, 2),
            new Op.Holds(1, 0, PRINCIPAL, ENTITLEMENT)));
    reads.put("a settle", List.of(new Op.Settle()));
    reads.put("a drop", List.of(new Op.Drop(0), new Op.StartSync(0)));
    return reads;
  }

  private Subject subject(boolean sealsRows) {
    try {
      return FolderSubject.of(
          ENGINE,
          (place, mode, settings) ->
              sealsRows ? sealingRows(place, mode, settings) : open(place, mode, settings, true),
          Files.createTempDirectory(folder, "stores"),
          Integer.MAX_VALUE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static GrantStore open(Path place, OpenMode mode, Settings settings, boolean packs) {
    StoreOptions options =
        FolderSubject.options(ENGINE, mode, settings)
            .withDurability(settings.durability().orElse(Durability.WAL))
            .withEngineOption("page_bytes", "1")
            .withEngineOption("packed", packs ? "1" : "0");
    return GrantStores.open(GrantStores.address(ENGINE, place), options);
  }

  /**
   * A store whose syncs are rows once they are sealed, as those of older stores are: it is opened
   * so for that one call. Nobody may have anything of it open then.
   */
  private static GrantStore sealingRows(Path place, OpenMode mode, Settings settings) {
    GrantStore[] real = {open(place, mode, settings, true)};
    return (GrantStore)
        Proxy.newProxyInstance(
            GrantStore.class.getClassLoader(),
            new Class<?>[] {GrantStore.class},
            (proxy, method, arguments) -> {
              try {
                if (!method.getName().equals("seal")) {
                  return method.invoke(real[0], arguments);
                }
                real[0].close();
                real[0] = open(place, OpenMode.OPEN, settings, false);
                Object sealed = method.invoke(real[0], arguments);
                real[0].close();
                real[0] = open(place, OpenMode.OPEN, settings, true);
                return sealed;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private static Row row(int id, EntitlementIds entitlement) {
    return new Row(id, entitlement, PRINCIPAL, 0);
  }

  private static List<Op> with(List<Op> ops, Op last) {
    List<Op> more = new ArrayList<>(ops);
    more.add(last);
    return List.copyOf(more);
  }
}
