package dev.grantstore.equivalence.campaign;

import dev.grantstore.equivalence.campaign.CampaignResult.Finding;
import dev.grantstore.equivalence.workload.WorkloadGenerator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Where workers get their seeds and leave what they found. Thread-safe. */
final class Board {
  private final Plan plan;
  private final long endNanos;
  private final AtomicLong tries = new AtomicLong();
  private final SortedMap<String, Finding> findings = new TreeMap<>();
  private final List<Finding> inOrder = new ArrayList<>();
  private long given;
  private volatile boolean stopped;
  private @Nullable Throwable failure;

  Board(Plan plan, long endNanos) {
    this.plan = plan;
    this.endNanos = endNanos;
  }

  /** Seeds from {@code first} on, {@code count} of them; none when it is over. */
  record Seeds(long first, int count) {}

  /** {@return seeds that begin with the same settings} */
  synchronized Seeds next() {
    long first = plan.firstSeed() + given;
    long toBorder =
        WorkloadGenerator.SEEDS_PER_SETTINGS
            - Math.floorMod(first, (long) WorkloadGenerator.SEEDS_PER_SETTINGS);
    int count = (int) Math.min(toBorder, plan.mostTries() - given);
    given += count;
    return new Seeds(first, count);
  }

  boolean isOver() {
    return stopped || System.nanoTime() - endNanos >= 0;
  }

  void stop() {
    stopped = true;
  }

  void tried() {
    tries.incrementAndGet();
  }

  long tries() {
    return tries.get();
  }

  synchronized void found(Finding finding) {
    if (findings.putIfAbsent(finding.divergence().signature(), finding) == null) {
      inOrder.add(finding);
    }
    if (findings.size() >= plan.mostFindings()) {
      stopped = true;
    }
  }

  synchronized List<Finding> findings() {
    return List.copyOf(inOrder);
  }

  synchronized void failed(Throwable thrown) {
    if (failure == null) {
      failure = thrown;
    }
    stopped = true;
  }

  /** {@return what made a worker give up: not a finding, but something wrong with the trial} */
  synchronized Optional<Throwable> failure() {
    return Optional.ofNullable(failure);
  }
}
