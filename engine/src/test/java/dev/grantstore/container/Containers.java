package dev.grantstore.container;

import dev.grantstore.EntitlementRef;
import dev.grantstore.Grant;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStores;
import dev.grantstore.OpenMode;
import dev.grantstore.PrincipalRef;
import dev.grantstore.StoreOptions;
import dev.grantstore.keyvalue.Answers;
import dev.grantstore.packed.ShapedGrants;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Stores with sealed syncs, and the containers that are made of them. */
final class Containers {
  static final Instant STARTED = Instant.parse("2026-01-02T03:00:00.000000001Z");
  static final Instant ENDED = Instant.parse("2026-01-02T04:00:00.5Z");

  private Containers() {}

  /**
   * A new store; an engine's name may be followed by one option, as in {@code rocksdb packed=0}.
   */
  static GrantStore store(String engine, Path folder) {
    String[] words = engine.split("[ =]", -1);
    StoreOptions options = StoreOptions.of(OpenMode.CREATE).withCacheBytes(1 << 20);
    String location = words[0].equals("memory") ? "" : folder.toString();
    return GrantStores.open(
        words[0] + ":" + location,
        words.length == 1 ? options : options.withEngineOption(words[1], words[2]));
  }

  static void seal(GrantStore store, String sync, List<Grant> grants) {
    store.startSync(sync, "full", STARTED);
    store.putAll(sync, grants);
    store.seal(sync, ENDED);
  }

  static List<Grant> grants(long seed, int count) {
    return new ShapedGrants(seed).some(count);
  }

  /** As many grants as are asked for, with different ids. */
  static List<Grant> distinct(int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                new Grant(
                    "g" + i * 0x9E3779B9L % 1_000_003,
                    new EntitlementRef("app", "app-" + i % 7, "e-" + i % 31),
                    new PrincipalRef("user", "u-" + i % 501),
                    STARTED.plusMillis(i),
                    i % 2 == 0,
                    Optional.empty(),
                    List.of(),
                    List.of(),
                    i % 5 == 0 ? Optional.of(ENDED.plusSeconds(i)) : Optional.empty()))
        .toList();
  }

  static Map<String, Object> answers(GrantStore store, String sync, List<Grant> grants) {
    Answers answers = new Answers();
    answers.ask(sync, grants);
    return answers.of(store);
  }
}
