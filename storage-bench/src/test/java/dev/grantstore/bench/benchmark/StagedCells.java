package dev.grantstore.bench.benchmark;

import dev.grantstore.ForwardingGrantStore;
import dev.grantstore.Grant;
import dev.grantstore.GrantStore;
import dev.grantstore.bench.measure.Halt;
import dev.grantstore.bench.result.CellResult;
import dev.grantstore.bench.result.CellResult.Outcome;
import dev.grantstore.bench.result.CellSettings;
import dev.grantstore.bench.result.CellSettings.KeyDistribution;
import dev.grantstore.bench.result.CellSettings.Temperature;
import dev.grantstore.bench.testengine.ManualTicker;
import dev.grantstore.bench.testengine.Subjects;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.io.TempDir;

/** Cells of operations in stages, in time that a test decides. */
abstract class StagedCells {
  static final Subject SUBJECT = Subjects.inMemory();
  private static final Duration ONCE = Duration.ofNanos(1);

  /** A look at the clock takes this, so that time goes on. */
  static final long LOOK = 1;

  final ManualTicker ticker = new ManualTicker(LOOK);

  @TempDir Path folder;

  Subject opened(UnaryOperator<GrantStore> through) {
    int[] opened = {0};
    Supplier<GrantStore> opening =
        () -> {
          ticker.advance(++opened[0] == 1 ? 7_000 : 3_000);
          return through.apply(SUBJECT.store());
        };
    return Subjects.opening(opening, folder, SUBJECT);
  }

  /** What is written goes through that. */
  static Subject written(UnaryOperator<GrantStore> through) {
    return Subjects.writing(new Subjects.MemoryScratch(through), SUBJECT);
  }

  GrantStore slow(GrantStore store) {
    return new ForwardingGrantStore(store) {
      @Override
      public Optional<Grant> get(String syncId, String grantId) {
        ticker.advance(500);
        return super.get(syncId, grantId);
      }

      private boolean closed;

      @Override
      public void close() {
        if (!closed) {
          ticker.advance(30);
        }
        closed = true;
      }
    };
  }

  static GrantStore unclosed(GrantStore store) {
    return new ForwardingGrantStore(store) {
      @Override
      public void close() {}
    };
  }

  static Grant later(Grant grant) {
    return new Grant(
        grant.id(),
        grant.entitlement(),
        grant.principal(),
        grant.discoveredAt().plusNanos(1),
        grant.needsExpansion(),
        grant.expansion(),
        grant.sources(),
        grant.annotations(),
        grant.expiresAt());
  }

  static long nanos(CellResult cell, String stage) {
    Outcome outcome =
        cell.outcomes().stream().filter(o -> o.name().equals(stage)).findFirst().orElseThrow();
    return Math.round(outcome.nanosPerOp());
  }

  CellResult measure(String name, Subject subject, CellSettings settings) {
    return Cell.measure(benchmark(name), Subjects.timed(ticker, subject), settings, new Halt());
  }

  static Benchmark benchmark(String name) {
    return Benchmarks.named(List.of(name)).get(0);
  }

  static CellSettings warm() {
    return settings(Temperature.WARM);
  }

  static CellSettings settings(Temperature temperature) {
    return new CellSettings(
        Duration.ZERO, Duration.ZERO, ONCE, 1, 0, 1, KeyDistribution.UNIFORM, temperature, 0);
  }
}
