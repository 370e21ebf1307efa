package dev.grantstore.bench.benchmark;

import dev.grantstore.EntitlementRef;
import dev.grantstore.GrantQuery;
import dev.grantstore.bench.measure.Halt;
import dev.grantstore.bench.result.CellResult.KeyCount;
import dev.grantstore.bench.result.CellSettings;
import dev.grantstore.fixture.manifest.KeySample.EntitlementKey;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** G3x20: who holds any of these twenty entitlements? */
final class ListByEntitlements implements ReadBenchmark {
  private static final int ENTITLEMENTS = 20;
  private static final int MOST_LISTS = 1_000;

  @Override
  public String name() {
    return "G3x20";
  }

  @Override
  public String title() {
    return "list by 20 entitlements";
  }

  @Override
  public String description() {
    return "all grants of 20 random entitlements, through one cursor, every row read";
  }

  @Override
  public boolean countsRows() {
    return true;
  }

  @Override
  public Questions questions(Subject subject, CellSettings settings, Halt halt) {
    List<EntitlementKey> keys = subject.keys().entitlements();
    SplittableRandom random = new SplittableRandom(settings.seed());
    List<ListKey> lists = new ArrayList<>();
    for (int i = Math.min(keys.size(), MOST_LISTS); i > 0; i--) {
      lists.add(list(subject, keys, random));
    }
    KeyCount count = new KeyCount(keys.size(), 0, subject.sync().distinctEntitlements());
    return new ListQuestions(name(), subject.store(), lists, count, halt);
  }

  private static ListKey list(Subject subject, List<EntitlementKey> keys, SplittableRandom random) {
    List<EntitlementRef> asked = new ArrayList<>();
    List<ListKey.Part> parts = new ArrayList<>();
    for (int i = 0; i < ENTITLEMENTS; i++) {
      EntitlementKey key = keys.get(random.nextInt(keys.size()));
      asked.add(key.ref());
      parts.add(new ListKey.Part(KeyNames.of(key.ref()), key.expected()));
    }
    return new ListKey(new GrantQuery.ByEntitlements(subject.syncId(), asked), parts);
  }
}
