package dev.grantstore.microtests.dump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.grantstore.ForwardingGrantStore;
import dev.grantstore.GrantReader;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStores;
import dev.grantstore.OpenMode;
import dev.grantstore.StoreOptions;
import dev.grantstore.SyncRun;
import dev.grantstore.equivalence.check.Answer;
import dev.grantstore.equivalence.check.Audit;
import dev.grantstore.equivalence.jqwik.WorkloadArbitrary;
import dev.grantstore.equivalence.run.ForgetfulSubject;
import dev.grantstore.equivalence.run.Runner;
import dev.grantstore.equivalence.run.Subject;
import dev.grantstore.equivalence.workload.Op;
import dev.grantstore.equivalence.workload.Payload;
import dev.grantstore.equivalence.workload.Workload;
import dev.grantstore.equivalence.workload.WorkloadGenerator;
import dev.grantstore.fixture.dump.DumpReader;
import dev.grantstore.fixture.dump.DumpReader.Damage;
import dev.grantstore.fixture.dump.DumpWriter;
import dev.grantstore.fixture.dump.SyncRestore;
import dev.grantstore.fixture.load.CreateOptions;
import dev.grantstore.fixture.progress.Progress;
import dev.grantstore.fixture.source.ImportSource;
import dev.grantstore.folder.LockedFolder;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * The sealed syncs that a workload leaves, dumped and restored from engine to engine: each answers
 * everything as the first did, and the last dump is the first. {@code -Dtests.dumped=1000} tries
 * 6,000 workloads.
 */
final class DumpedWorkloadProperties {
  private static final List<String> ENGINES = List.of("rocksdb", "sqlite", "lmdb", "mvstore");
  private static final int ROUNDS =
      Integer.getInteger("tests.dumped", Boolean.getBoolean("tests.deep") ? 30 : 1);
  private static final int MOST_OPS = 60;
  private static final int PAGE_ROWS = 2;

  private static final List<GrantStore> STORES = new ArrayList<>();
  private static LockedFolder folder;

  @BeforeContainer
  static void open() throws IOException {
    folder = LockedFolder.temporary(LockedFolder.fastPlace(), "dumped");
    for (String engine : ENGINES) {
      STORES.add(
          GrantStores.open(
              GrantStores.address(engine, folder.path().resolve(engine)),
              StoreOptions.of(OpenMode.CREATE)));
    }
  }

  @AfterContainer
  static void close() throws IOException {
    STORES.forEach(GrantStore::close);
    STORES.clear();
    folder.close();
  }

  @Property(tries = 6, edgeCases = EdgeCasesMode.NONE)
  void whatAWorkloadLeavesIsTheSameBehindEachEngine(@ForAll("workloads") Workload drawn) {
    goAround(drawn);
    for (int round = 1; round < ROUNDS; round++) {
      goAround(generator().generate(drawn.seed() + round));
    }
  }

  @Provide
  Arbitrary<Workload> workloads() {
    return WorkloadArbitrary.of(generator());
  }

  /** Of ids that each engine takes. */
  private static WorkloadGenerator generator() {
    return WorkloadGenerator.upTo(MOST_OPS).withShortIds();
  }

  /** Those that are open are sealed at the end. */
  private static Workload allSealed(Workload workload) {
    List<Op> ops = new ArrayList<>(workload.ops());
    IntStream.range(0, workload.syncs().size()).forEach(sync -> ops.add(new Op.Seal(sync)));
    return workload.withOps(ops);
  }

  private static void goAround(Workload drawn) {
    Workload workload = allSealed(drawn);
    List<Throwable> failures = new ArrayList<>();
    try (Subject memory =
        ForgetfulSubject.of(
            "memory",
            () ->
                new AtItsEnd(
                    GrantStores.open("memory:", StoreOptions.of(OpenMode.CREATE)),
                    store -> failures.add(catchThrowable(() -> goAround(workload, store)))))) {
      Runner.run(memory, workload);
    }
    assertThat(failures).as("seed %d", workload.seed()).containsOnlyNulls();
  }

  private static void goAround(Workload workload, GrantStore store) {
    List<SyncRun> syncs = store.syncs();
    if (syncs.isEmpty()) {
      return; // a file without a sync is no dump
    }
    assertThat(syncs).allMatch(run -> run.state() == SyncRun.State.SEALED);
    List<Answer> right = answers(store);
    byte[] first = dump(store);
    byte[] dump = first;
    for (GrantStore next : STORES) {
      restore(dump, next);
      assertThat(answers(next)).as("seed %d", workload.seed()).isEqualTo(right);
      assertThat(new Audit(workload).contradiction("restored", 0, next, PAGE_ROWS)).isEmpty();
      dump = dump(next);
      syncs.forEach(run -> next.drop(run.id()));
    }
    assertThat(dump).isEqualTo(first);
  }

  /** All that is there, and as of each instant. */
  private static List<Answer> answers(GrantReader reader) {
    List<Answer> answers = new ArrayList<>(List.of(Audit.content(reader)));
    for (int number = 1; number <= Payload.INSTANTS; number++) {
      answers.add(Audit.content(reader.asOf(Payload.instant(number))));
    }
    return answers;
  }

  private static byte[] dump(GrantStore store) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    DumpWriter writer = new DumpWriter(out, "test");
    try {
      for (SyncRun sync : store.syncs()) {
        writer.dump(store, sync, true, Progress.NONE);
      }
      writer.endFile();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static void restore(byte[] dump, GrantStore into) {
    try (DumpReader reader =
        DumpReader.open(
            ImportSource.stream("dump", new ByteArrayInputStream(dump)),
            dump.length,
            Damage.REFUSE)) {
      new SyncRestore(into, reader, CreateOptions.defaults(), Progress.NONE).sealed(sync -> {});
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Shows itself before it is closed. */
  private static final class AtItsEnd extends ForwardingGrantStore {
    private final Consumer<GrantStore> look;
    private boolean closed;

    AtItsEnd(GrantStore store, Consumer<GrantStore> look) {
      super(store);
      this.look = look;
    }

    @Override
    public void close() {
      if (!closed) {
        closed = true;
        look.accept(this);
      }
      super.close();
    }
  }
}
