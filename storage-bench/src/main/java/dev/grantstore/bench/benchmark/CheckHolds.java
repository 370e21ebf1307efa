package dev.grantstore.bench.benchmark;

import dev.grantstore.EntitlementRef;
import dev.grantstore.GrantReader;
import dev.grantstore.PrincipalRef;
import dev.grantstore.bench.measure.AnswerKey;
import dev.grantstore.bench.measure.Halt;
import dev.grantstore.bench.measure.Operation;
import dev.grantstore.bench.result.CellResult.KeyCount;
import dev.grantstore.bench.result.CellSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Check: does this principal hold this entitlement? */
final class CheckHolds implements ReadBenchmark {
  @Override
  public String name() {
    return "Check";
  }

  @Override
  public String title() {
    return "does P hold E";
  }

  @Override
  public String description() {
    return "whether a random principal holds an entitlement, both in the sync; yes and no apart";
  }

  /** Check is about both answers. */
  @Override
  public double usualMissRatio() {
    return 0.5;
  }

  @Override
  public LookedAt lookedAt() {
    return LookedAt.YES_OR_NO;
  }

  @Override
  public boolean countsRows() {
    return false;
  }

  @Override
  public Questions questions(Subject subject, CellSettings settings, Halt halt) {
    boolean withMisses = settings.missRatio() > 0;
    return new HoldsQuestions(
        name(), subject, subject.choice().choose(settings.seed(), halt), withMisses);
  }

  /** Pairs that are held, then pairs that are not. */
  private static final class HoldsQuestions implements Questions {
    private static final long YES = 1;
    private static final long NO = 0;

    private final String benchmark;
    private final GrantReader reader;
    private final String syncId;
    private final PrincipalRef[] principals;
    private final EntitlementRef[] entitlements;
    private final KeyCount keys;
    private final AnswerKey key;

    HoldsQuestions(String benchmark, Subject subject, AskedGrants grants, boolean withMisses) {
      this.benchmark = benchmark;
      this.reader = subject.store();
      this.syncId = subject.syncId();
      int hits = grants.count();
      List<PrincipalRef> who = new ArrayList<>();
      List<EntitlementRef> what = new ArrayList<>();
      for (int i = 0; i < hits; i++) {
        who.add(grants.principal(i));
        what.add(grants.entitlement(i));
      }
      if (withMisses) {
        subject.keys().misses().forEach(miss -> who.add(miss.principal()));
        subject.keys().misses().forEach(miss -> what.add(miss.entitlement()));
      }
      this.principals = who.toArray(PrincipalRef[]::new);
      this.entitlements = what.toArray(EntitlementRef[]::new);
      this.keys = new KeyCount(hits, principals.length - hits, subject.sync().all().rows());
      this.key = AnswerKey.alike(principals.length, hits, YES, NO, 0);
    }

    @Override
    public KeyCount keys() {
      return keys;
    }

    @Override
    public AnswerKey key() {
      return key;
    }

    @Override
    public Operation operation(GrantReader asked) {
      return question ->
          asked.holds(syncId, principals[question], entitlements[question]) ? YES : NO;
    }

    @Override
    public void verify(int question) {
      boolean expected = question < key.firstMiss();
      boolean found = reader.holds(syncId, principals[question], entitlements[question]);
      if (found != expected) {
        throw new WrongAnswerException(
            benchmark, name(question), String.valueOf(expected), String.valueOf(found));
      }
    }

    @Override
    public String name(int question) {
      return String.format(
          Locale.ROOT,
          "%s holds %s",
          KeyNames.of(principals[question]),
          KeyNames.of(entitlements[question]));
    }
  }
}
