package dev.grantstore.equivalence.fault;

import dev.grantstore.Annotation;
import dev.grantstore.BulkLoad;
import dev.grantstore.BulkLoadOptions;
import dev.grantstore.BulkPart;
import dev.grantstore.Bytes;
import dev.grantstore.EntitlementRef;
import dev.grantstore.Grant;
import dev.grantstore.GrantCursor;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantSource;
import dev.grantstore.GrantStore;
import dev.grantstore.PrincipalRef;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * An endless history of calls, each of which a store does whole or not at all: the same for the
 * same seed. So a number of steps says what a store holds. Of an expiry that takes several writes,
 * the first ones may be there: a number of its batches says how many. Immutable.
 *
 * <p>It goes in cycles. Each starts a sync and writes to it, loads another, seals the one that the
 * cycle before wrote, and drops older ones; one sync is always open.
 */
final class Script {
  /** What a step does. */
  enum Kind {
    START,
    PUT,
    DELETE,
    PUT_ENDING,
    EXPIRE,
    LOAD,
    SEAL,
    DROP,
    FLUSH,
    /** Whatever a store keeps of what is sealed is made, such as digests. */
    SETTLE;

    /** {@return whether what was done is durable once the call has returned} */
    boolean isDurable() {
      return this == LOAD || this == SEAL || this == DROP || this == FLUSH;
    }
  }

  static final int ENTITLEMENTS = 21;
  static final int PRINCIPALS = 11;

  private static final int LOADED_GRANTS = 700;
  private static final int PUT_GRANTS = 300;
  private static final int MOST_BATCH_ROWS = 22;
  private static final int MOST_DELETED = 8;

  /** In one cycle of three, more than an expiry deletes in one write. */
  private static final int MANY_ENDING = GrantStore.EXPIRY_BATCH_ROWS + 50;

  private static final int FEW_ENDING = 50;

  private static final int FIRST_ENDING = 1_000;
  private static final Instant STARTED = Instant.parse("2024-03-01T10:00:00.123456789Z");
  private static final Instant ENDED = Instant.parse("2024-03-01T11:00:00.000000001Z");

  /** When grants are taken to have ended: of seven ends four. */
  private static final Instant AS_OF = STARTED.plusSeconds(3);

  private static final BulkLoadOptions LOAD =
      new BulkLoadOptions(BulkLoadOptions.MIN_MEMORY_BUDGET_BYTES, 1);

  /** No store of a script needs as long. */
  static final Duration LONGEST_SETTLE = Duration.ofMinutes(10);

  private static final List<Kind> CYCLE =
      List.of(
          Kind.START,
          Kind.PUT,
          Kind.PUT,
          Kind.DELETE,
          Kind.LOAD,
          Kind.PUT,
          Kind.SEAL,
          Kind.PUT,
          Kind.DROP, // what the cycle before loaded
          Kind.PUT,
          Kind.DELETE,
          Kind.PUT_ENDING,
          Kind.EXPIRE,
          Kind.FLUSH,
          Kind.PUT,
          Kind.DROP, // what the cycle before the last wrote
          Kind.SETTLE,
          Kind.PUT);

  /** How many steps a cycle has. */
  static final int CYCLE_STEPS = CYCLE.size();

  private static final int DROPS_WRITTEN = CYCLE.lastIndexOf(Kind.DROP);

  private final long seed;

  Script(long seed) {
    this.seed = seed;
  }

  long seed() {
    return seed;
  }

  /** {@return what a step does; in the first cycles there is nothing to seal and to drop} */
  Kind kind(int step) {
    Kind kind = CYCLE.get(step % CYCLE_STEPS);
    int cycle = step / CYCLE_STEPS;
    boolean isTooEarly =
        (kind == Kind.SEAL || kind == Kind.DROP)
            && cycle < (step % CYCLE_STEPS == DROPS_WRITTEN ? 2 : 1);
    return isTooEarly ? Kind.FLUSH : kind;
  }

  /**
   * Does one step.
   *
   * @param store holds what the steps before leave
   * @param step its number, from 0
   * @param beforeCommit told when a load is filled and about to be committed
   */
  void run(GrantStore store, int step, Runnable beforeCommit) {
    int cycle = step / CYCLE_STEPS;
    SplittableRandom random = new SplittableRandom(seed * 1_000_003 + step);
    switch (kind(step)) {
      case START -> store.startSync(written(cycle), "full", STARTED);
      case PUT -> put(store, step, batch(random));
      case DELETE -> store.deleteAll(written(cycle), deleted(random));
      case PUT_ENDING -> store.putAll(written(cycle), ending(cycle));
      case EXPIRE -> expire(store, written(cycle));
      case LOAD -> load(store, cycle, beforeCommit);
      case SEAL -> store.seal(written(cycle - 1), ENDED);
      case DROP ->
          store.drop(step % CYCLE_STEPS == DROPS_WRITTEN ? written(cycle - 2) : loaded(cycle - 1));
      case FLUSH -> store.flush();
      case SETTLE -> store.settle(LONGEST_SETTLE);
    }
  }

  /** Every other one says with its grants where to go on. */
  private static void put(GrantStore store, int step, List<Grant> batch) {
    String syncId = written(step / CYCLE_STEPS);
    if (step % 2 == 0) {
      store.putAll(syncId, batch);
    } else {
      String token = ("after step " + step + " ").repeat(1 + step % 40);
      store.putAll(syncId, batch, Bytes.copyOf(token.getBytes(StandardCharsets.UTF_8)));
    }
  }

  static long expire(GrantStore store, String syncId) {
    return store.expire(syncId, AS_OF);
  }

  /**
   * {@return in how many writes a step is done}
   *
   * @param store holds what the steps before leave
   * @param step its number
   */
  int batches(GrantStore store, int step) {
    int rows = kind(step) == Kind.EXPIRE ? ended(store, step).size() : 0;
    return Math.max(1, -Math.floorDiv(-rows, GrantStore.EXPIRY_BATCH_ROWS));
  }

  /** Does the first writes of an expiry, as the contract says how it goes. */
  void runFirst(GrantStore store, int step, int batches) {
    List<String> ended = ended(store, step);
    int rows = Math.min(ended.size(), batches * GrantStore.EXPIRY_BATCH_ROWS);
    store.deleteAll(written(step / CYCLE_STEPS), ended.subList(0, rows));
  }

  /** {@return the ids of what has ended, in their order} */
  private static List<String> ended(GrantStore store, int step) {
    List<String> ended = new ArrayList<>();
    try (GrantCursor rows = store.cursor(new GrantQuery.Scan(written(step / CYCLE_STEPS)))) {
      while (rows.next()) {
        Grant grant = rows.grant();
        if (grant.expiresAt().filter(end -> !end.isAfter(AS_OF)).isPresent()) {
          ended.add(grant.id());
        }
      }
    }
    return ended;
  }

  /** {@return every sync that was ever there or is about to be, after so many steps} */
  List<String> syncs(int steps) {
    return IntStream.rangeClosed(Math.max(0, steps / CYCLE_STEPS - 2), steps / CYCLE_STEPS)
        .boxed()
        .flatMap(cycle -> List.of(loaded(cycle), written(cycle)).stream())
        .sorted()
        .toList();
  }

  /** {@return the sync that is open after so many steps} */
  String openSync(int steps) {
    return written(Math.max(0, steps - 1) / CYCLE_STEPS);
  }

  /** Some grants that the script itself never writes. */
  static List<Grant> further() {
    return IntStream.range(0, 30).mapToObj(i -> grant(i * 31, 97)).toList();
  }

  static String grantId(int number) {
    return "grant-" + Integer.toString(100_000 + number).substring(1);
  }

  static EntitlementRef entitlement(int number) {
    return new EntitlementRef("app", "app-" + number / 7, "role-" + number % 7);
  }

  static PrincipalRef principal(int number) {
    return new PrincipalRef(number % 3 == 0 ? "group" : "user", "p" + number);
  }

  private static String written(int cycle) {
    return String.format(Locale.ROOT, "written-%03d", cycle);
  }

  private static String loaded(int cycle) {
    return String.format(Locale.ROOT, "loaded-%03d", cycle);
  }

  /** Up to 22 rows; of some ids two, of which the last wins. */
  private static List<Grant> batch(SplittableRandom random) {
    List<Grant> batch = new ArrayList<>();
    int rows = 1 + random.nextInt(MOST_BATCH_ROWS);
    for (int i = 0; i < rows; i++) {
      batch.add(grant(random.nextInt(PUT_GRANTS), random.nextInt(90)));
    }
    for (int i = 0; i < Math.min(2, rows); i++) {
      batch.add(grant(number(batch.get(i)), 91 + i));
    }
    return batch;
  }

  private static List<Grant> ending(int cycle) {
    int count = cycle % 3 == 1 ? MANY_ENDING : FEW_ENDING;
    return IntStream.range(FIRST_ENDING, FIRST_ENDING + count)
        .mapToObj(
            i ->
                new Grant(
                    grantId(i),
                    entitlement(i % ENTITLEMENTS),
                    principal(i % PRINCIPALS),
                    STARTED,
                    i % 50 == 0,
                    Optional.empty(),
                    List.of(),
                    List.of(),
                    Optional.of(i % 100 == 0 ? AS_OF.plusNanos(1) : AS_OF)))
        .toList();
  }

  private static List<String> deleted(SplittableRandom random) {
    return random
        .ints(1 + random.nextInt(MOST_DELETED), 0, PUT_GRANTS)
        .mapToObj(Script::grantId)
        .toList();
  }

  private static int number(Grant grant) {
    return Integer.parseInt(grant.id().substring(grant.id().indexOf('-') + 1));
  }

  private void load(GrantStore store, int cycle, Runnable beforeCommit) {
    int version = Math.floorMod(seed, 53) + cycle;
    try (BulkLoad load = store.bulkLoad(loaded(cycle), "full", STARTED, LOAD)) {
      for (int part = 0; part < 2; part++) {
        try (BulkPart rows = load.openPart()) {
          for (int i = part; i < LOADED_GRANTS; i += 2) {
            rows.add(grant(i, version));
          }
        }
      }
      beforeCommit.run();
      load.commit(ENDED);
    }
  }

  private static Grant grant(int number, int version) {
    int mixed = number * 31 + version;
    return new Grant(
        grantId(number),
        entitlement(mixed % ENTITLEMENTS),
        principal(mixed % PRINCIPALS),
        STARTED.plusSeconds(mixed).plusNanos(version),
        mixed % 5 == 0,
        Optional.empty(),
        mixed % 4 == 0
            ? List.of(new GrantSource("source-" + version, "app", "app-1", "role-1", true))
            : List.of(),
        List.of(
            new Annotation(
                "type.example/note",
                Bytes.copyOf(
                    ("note " + version + " of " + number + " ")
                        .repeat(1 + mixed % 7)
                        .getBytes(StandardCharsets.UTF_8)))),
        mixed % 3 == 0 ? Optional.of(STARTED.plusSeconds(mixed % 7)) : Optional.empty());
  }
}
