package dev.grantstore.equivalence.planted;

import dev.grantstore.BulkLoad;
import dev.grantstore.BulkLoadOptions;
import dev.grantstore.EntitlementRef;
import dev.grantstore.ForwardingGrantStore;
import dev.grantstore.Grant;
import dev.grantstore.GrantCursor;
import dev.grantstore.GrantPage;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantReader;
import dev.grantstore.GrantSnapshot;
import dev.grantstore.GrantStore;
import dev.grantstore.PageToken;
import dev.grantstore.PrincipalRef;
import dev.grantstore.SyncRun;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * A store with a bug that strikes one key, one list or one sync in {@link #PLACES}; with all others
 * it is right. Which ones, what is asked decides, so they stay the same when operations go.
 */
final class StrikeOnce extends BugStore {
  /** In how many places a bug may strike; it does so in one of them. */
  static final int PLACES = 4;

  private final GrantStore broken;
  private final int place;

  private StrikeOnce(GrantStore sound, GrantStore broken, int place) {
    super(sound, right -> new Reads(right, broken, place));
    this.broken = broken;
    this.place = place;
  }

  /** {@return a bug that strikes in one place only} */
  static UnaryOperator<GrantStore> at(int place, UnaryOperator<GrantStore> bug) {
    return sound -> new StrikeOnce(sound, bug.apply(sound), place);
  }

  /**
   * One batch for the bug, and one for all else; either may be empty, not both. A batch that will
   * be refused stays whole.
   */
  @Override
  public void putAll(String syncId, Collection<Grant> grants) {
    if (!isReadable(grants)) {
      forSync(syncId).putAll(syncId, grants);
      return;
    }
    List<Grant> struck = only(grants, grant -> strikes(place, grant.id()));
    List<Grant> others = only(grants, grant -> !strikes(place, grant.id()));
    if (struck.isEmpty() || !others.isEmpty()) {
      super.putAll(syncId, others);
    }
    if (!struck.isEmpty()) {
      broken.putAll(syncId, struck);
    }
  }

  @Override
  public void deleteAll(String syncId, Collection<String> grantIds) {
    if (!isReadable(grantIds) || grantIds.contains("")) {
      forSync(syncId).deleteAll(syncId, grantIds);
      return;
    }
    List<String> struck = only(grantIds, id -> strikes(place, id));
    List<String> others = only(grantIds, id -> !strikes(place, id));
    if (struck.isEmpty() || !others.isEmpty()) {
      super.deleteAll(syncId, others);
    }
    if (!struck.isEmpty()) {
      broken.deleteAll(syncId, struck);
    }
  }

  @Override
  public long expire(String syncId, Instant asOf) {
    return forSync(syncId).expire(syncId, asOf);
  }

  @Override
  public SyncRun startSync(String syncId, String type, Instant startedAt) {
    return forSync(syncId).startSync(syncId, type, startedAt);
  }

  @Override
  public SyncRun seal(String syncId, Instant endedAt) {
    return forSync(syncId).seal(syncId, endedAt);
  }

  @Override
  public void drop(String syncId) {
    forSync(syncId).drop(syncId);
  }

  @Override
  public BulkLoad bulkLoad(String syncId, String type, Instant startedAt, BulkLoadOptions options) {
    return forSync(syncId).bulkLoad(syncId, type, startedAt, options);
  }

  @Override
  public GrantSnapshot snapshot() {
    GrantSnapshot right = store.snapshot();
    GrantSnapshot wrong = broken.snapshot();
    return new ForwardingGrantStore.Snapshot(new Reads(right, wrong, place), right) {
      @Override
      public void close() {
        wrong.close();
        super.close();
      }
    };
  }

  /** A bug in the calls below is about all keys; others want to know of them. */
  @Override
  public void flush() {
    broken.flush();
  }

  @Override
  public void settle(Duration timeout) {
    broken.settle(timeout);
  }

  private GrantStore forSync(String syncId) {
    return strikes(place, syncId) ? broken : store;
  }

  private static boolean strikes(int place, Object asked) {
    int hash = Objects.hashCode(asked) * 0x9e3779b9;
    return Math.floorMod(hash >>> 16, PLACES) == place;
  }

  private static boolean isReadable(Collection<?> elements) {
    try {
      return elements.stream().noneMatch(Objects::isNull);
    } catch (RuntimeException e) {
      return false;
    }
  }

  private static <T> List<T> only(Collection<T> elements, Predicate<T> wanted) {
    List<T> some = new ArrayList<>();
    elements.stream().filter(wanted).forEach(some::add);
    return some;
  }

  /** Each id and each list is read rightly or wrongly, always the same way. */
  private static final class Reads extends BugReader {
    private final GrantReader broken;
    private final int place;

    Reads(GrantReader sound, GrantReader broken, int place) {
      super(sound);
      this.broken = broken;
      this.place = place;
    }

    /** Their number decides. */
    @Override
    public List<SyncRun> syncs() {
      List<SyncRun> right = super.syncs();
      return right.size() % PLACES == place ? broken.syncs() : right;
    }

    @Override
    public Optional<SyncRun> sync(String syncId) {
      return strikes(place, syncId) ? broken.sync(syncId) : super.sync(syncId);
    }

    @Override
    public Optional<Grant> get(String syncId, String grantId) {
      return strikes(place, grantId) ? broken.get(syncId, grantId) : super.get(syncId, grantId);
    }

    @Override
    public List<Optional<Grant>> getAll(String syncId, List<String> grantIds) {
      List<Optional<Grant>> answers = new ArrayList<>(super.getAll(syncId, grantIds));
      List<Optional<Grant>> wrong = broken.getAll(syncId, grantIds);
      for (int i = 0; i < Math.min(answers.size(), wrong.size()); i++) {
        if (strikes(place, grantIds.get(i))) {
          answers.set(i, wrong.get(i));
        }
      }
      return answers;
    }

    @Override
    public GrantCursor cursor(GrantQuery query) {
      return strikes(place, query) ? broken.cursor(query) : super.cursor(query);
    }

    @Override
    public GrantPage page(GrantQuery query, int limitRows, PageToken after) {
      return strikes(place, query)
          ? broken.page(query, limitRows, after)
          : super.page(query, limitRows, after);
    }

    @Override
    public boolean holds(String syncId, PrincipalRef principal, EntitlementRef entitlement) {
      return strikes(place, principal)
          ? broken.holds(syncId, principal, entitlement)
          : super.holds(syncId, principal, entitlement);
    }
  }
}
