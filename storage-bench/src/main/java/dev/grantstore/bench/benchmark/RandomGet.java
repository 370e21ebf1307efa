package dev.grantstore.bench.benchmark;

import dev.grantstore.ContentDigest;
import dev.grantstore.DigestAccumulator;
import dev.grantstore.Excerpt;
import dev.grantstore.Grant;
import dev.grantstore.GrantReader;
import dev.grantstore.GrantView;
import dev.grantstore.IdField;
import dev.grantstore.PrincipalRef;
import dev.grantstore.bench.measure.AnswerKey;
import dev.grantstore.bench.measure.Halt;
import dev.grantstore.bench.measure.Operation;
import dev.grantstore.bench.result.CellResult.KeyCount;
import dev.grantstore.bench.result.CellSettings;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;

/** G2 and G2view: one grant by its id. */
final class RandomGet implements ReadBenchmark {
  private final String name;
  private final String title;
  private final String description;
  private final LookedAt looked;
  private final BiFunction<GetQuestions, GrantReader, Operation> operation;

  private RandomGet(
      String name,
      String title,
      String description,
      LookedAt looked,
      BiFunction<GetQuestions, GrantReader, Operation> operation) {
    this.name = name;
    this.title = title;
    this.description = description;
    this.looked = looked;
    this.operation = operation;
  }

  /** {@return G2: the answer is a value} */
  static RandomGet ofValues() {
    return new RandomGet(
        "G2",
        "random get",
        "one random grant by its id, as a value with every field",
        LookedAt.WHOLE_GRANT,
        GetQuestions::values);
  }

  /** {@return G2view: the answer is copied into a view, and no object made of it} */
  static RandomGet intoAView() {
    return new RandomGet(
        "G2view",
        "random get into a view",
        "one random grant by its id, into a view that is used again: ids, time and flag",
        LookedAt.VIEW,
        GetQuestions::views);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String title() {
    return title;
  }

  @Override
  public String description() {
    return description;
  }

  @Override
  public LookedAt lookedAt() {
    return looked;
  }

  @Override
  public boolean countsRows() {
    return false;
  }

  @Override
  public Questions questions(Subject subject, CellSettings settings, Halt halt) {
    return new GetQuestions(
        this, subject, subject.choice().choose(settings.seed(), halt), settings.missRatio() > 0);
  }

  /** Ids of grants that are there, then as many that are not. */
  private static final class GetQuestions implements Questions {
    /** No id of a real connector ends like this; the missing rows would lie beside real ones. */
    private static final String MISSING_SUFFIX = "\u0000missing";

    private static final long NOT_THERE = 0;
    private static final long RIGHT_ONE = 1;
    private static final long OTHER_ONE = 2;

    private final RandomGet benchmark;
    private final GrantReader reader;
    private final String syncId;
    private final AskedGrants grants;
    private final KeyCount keys;
    private final String[] ids;

    /**
     * A sum of who holds each. The names themselves are a few objects a question somewhere in
     * memory, which took the harness as long to look at as an engine takes to answer.
     */
    private final long[] holders;

    private final AnswerKey key;

    GetQuestions(RandomGet benchmark, Subject subject, AskedGrants grants, boolean withMisses) {
      this.benchmark = benchmark;
      this.reader = subject.store();
      this.syncId = subject.syncId();
      this.grants = grants;
      int hits = grants.count();
      this.keys = new KeyCount(hits, withMisses ? hits : 0, subject.sync().all().rows());
      this.ids = new String[withMisses ? 2 * hits : hits];
      this.holders = new long[ids.length];
      for (int i = 0; i < ids.length; i++) {
        boolean there = i < hits;
        ids[i] = there ? grants.id(i) : grants.id(i - hits) + MISSING_SUFFIX;
        holders[i] = OtherFields.of(grants.principal(i % hits));
      }
      this.key = AnswerKey.alike(ids.length, hits, RIGHT_ONE, NOT_THERE, 1);
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
      return benchmark.operation.apply(this, asked);
    }

    private Operation values(GrantReader asked) {
      return question -> fold(question, asked.get(syncId, ids[question]));
    }

    private Operation views(GrantReader asked) {
      long[] expected = new long[ids.length];
      for (int i = 0; i < ids.length; i++) {
        PrincipalRef holder = grants.principal(i % grants.count());
        long id = OtherFields.hash(ids[i]);
        long type = OtherFields.hash(holder.resourceTypeId());
        expected[i] =
            OtherFields.mix(OtherFields.mix(id, type), OtherFields.hash(holder.resourceId()));
      }
      GrantView view = new GrantView();
      return question -> {
        if (!asked.get(syncId, ids[question], view)) {
          return NOT_THERE;
        }
        long id = view.id(IdField.GRANT_ID).hash64();
        long type = view.id(IdField.PRINCIPAL_TYPE).hash64();
        long found =
            OtherFields.mix(OtherFields.mix(id, type), view.id(IdField.PRINCIPAL_ID).hash64());
        return found == expected[question] ? RIGHT_ONE : OTHER_ONE;
      };
    }

    /** What is in a view is what is in the value, which was compared in full. */
    private void verifyView(int question, Optional<Grant> grant) {
      GrantView view = new GrantView();
      long found = reader.get(syncId, ids[question], view) ? OtherFields.of(view) : NOT_THERE;
      long expected = grant.map(OtherFields::of).orElse(NOT_THERE);
      if (found != expected) {
        throw new WrongAnswerException(
            benchmark.name(),
            name(question),
            String.format(Locale.ROOT, "fields that add up to %016x", expected),
            String.format(Locale.ROOT, "%016x in a view", found));
      }
    }

    @Override
    public void verify(int question) {
      ContentDigest expected =
          question < key.firstMiss() ? grants.digest(question) : ContentDigest.EMPTY;
      DigestAccumulator found = new DigestAccumulator();
      Optional<Grant> grant = reader.get(syncId, ids[question]);
      grant.ifPresent(found::add);
      if (!found.digest().equals(expected)) {
        throw new WrongAnswerException(
            benchmark.name(),
            name(question),
            expected.count() == 0 ? "nothing" : "grant of digest " + expected.hex(),
            grant
                .map(g -> String.format(Locale.ROOT, "%s (digest %s)", g, found.digest().hex()))
                .orElse("nothing"));
      }
      if (benchmark.looked == LookedAt.VIEW) {
        verifyView(question, grant);
      }
    }

    @Override
    public String name(int question) {
      return Excerpt.of(ids[question]);
    }

    /**
     * Looks at both ids in any case, so that the null engine, whose grant is wrong, costs as much.
     */
    private long fold(int question, Optional<Grant> answer) {
      if (answer.isEmpty()) {
        return NOT_THERE;
      }
      Grant grant = answer.get();
      boolean id = grant.id().equals(ids[question]);
      boolean principal = OtherFields.of(grant.principal()) == holders[question];
      return id && principal ? RIGHT_ONE : OTHER_ONE;
    }
  }
}
