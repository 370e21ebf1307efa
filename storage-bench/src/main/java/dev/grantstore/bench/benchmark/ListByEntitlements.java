package dev.grantstore.bench.benchmark;

import dev.grantstore.EntitlementRef;
import dev.grantstore.GrantQuery;
import dev.grantstore.bench.measure.Halt;
import dev.grantstore.bench.result.CellResult.KeyCount;
import dev.grantstore.bench.result.CellSettings;
import dev.grantstore.fixture.manifest.KeySample.EntitlementKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** G3x20: who holds any of these twenty entitlements? */
final class ListByEntitlements implements ReadBenchmark {
  private static final int ENTITLEMENTS = 20;

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
    return lookedAt().description("all grants of 20 random entitlements, through one cursor");
  }

  @Override
  public LookedAt lookedAt() {
    return LookedAt.GRANT_ID;
  }

  @Override
  public boolean countsRows() {
    return true;
  }

  @Override
  public Questions questions(Subject subject, CellSettings settings, Halt halt) {
    List<EntitlementKey> keys = new ArrayList<>(subject.keys().entitlements());
    Collections.shuffle(keys, new Random(settings.seed()));
    List<ListKey> lists = new ArrayList<>();
    // Each is asked for once, so that comparing all lists reads no more than G3's.
    for (int from = 0; from < keys.size(); from += ENTITLEMENTS) {
      int to = Math.min(keys.size(), from + ENTITLEMENTS);
      if (to - from == ENTITLEMENTS || lists.isEmpty()) {
        lists.add(list(subject, keys.subList(from, to)));
      }
    }
    int asked = lists.stream().mapToInt(list -> list.parts().size()).sum();
    KeyCount count = new KeyCount(asked, 0, subject.sync().distinctEntitlements());
    return new ListQuestions(name(), lookedAt(), subject.store(), lists, count, halt);
  }

  private static ListKey list(Subject subject, List<EntitlementKey> keys) {
    List<EntitlementRef> asked = new ArrayList<>();
    List<ListKey.Part> parts = new ArrayList<>();
    for (EntitlementKey key : keys) {
      asked.add(key.ref());
      parts.add(new ListKey.Part(KeyNames.of(key.ref()), key.expected()));
    }
    return new ListKey(new GrantQuery.ByEntitlements(subject.syncId(), asked), parts);
  }
}
