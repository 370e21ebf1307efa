package dev.grantstore.bench.benchmark;

import dev.grantstore.ContentDigest;
import dev.grantstore.DigestAccumulator;
import dev.grantstore.Excerpt;
import dev.grantstore.Grant;
import dev.grantstore.GrantCursor;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantReader;
import dev.grantstore.IdField;
import dev.grantstore.Ids;
import dev.grantstore.bench.measure.AnswerKey;
import dev.grantstore.bench.measure.Halt;
import dev.grantstore.bench.measure.Operation;
import dev.grantstore.bench.result.CellResult.KeyCount;
import dev.grantstore.fixture.manifest.Manifest.ExpectedRows;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Questions whose answers are lists, read to their end through a cursor. */
final class ListQuestions implements Questions {
  /** Makes the number of rows count in the folded answer, whatever their ids. */
  private static final long PER_ROW = 0x9E3779B97F4A7C15L;

  /** How often, in rows, a long list looks whether it should end. */
  private static final long HALT_MASK = (1 << 16) - 1;

  private static final Comparator<Grant> BY_ID = Comparator.comparing(Grant::id, Ids.ORDER);

  /** A list has either its principal or its entitlement in common, which then decides nothing. */
  private static final Comparator<Grant> BY_REFERENCES =
      Comparator.comparing((Grant g) -> g.principal().resourceTypeId(), Ids.ORDER)
          .thenComparing(g -> g.principal().resourceId(), Ids.ORDER)
          .thenComparing(g -> g.entitlement().resourceTypeId(), Ids.ORDER)
          .thenComparing(g -> g.entitlement().resourceId(), Ids.ORDER)
          .thenComparing(g -> g.entitlement().entitlementId(), Ids.ORDER)
          .thenComparing(BY_ID);

  private final String benchmark;
  private final GrantReader reader;
  private final List<ListKey> lists;
  private final KeyCount keys;
  private final AnswerKey key;
  private final Halt halt;

  private final LookedAt looked;

  /** Of all lists; null if only grant ids are looked at. */
  private final @Nullable OtherFields others;

  /**
   * Prepares the questions.
   *
   * @param benchmark whose, for messages
   * @param looked at what of each row
   * @param reader who is asked when a whole answer is compared
   * @param lists at least one
   * @param keys how many there are to ask for
   * @param halt breaks off a long list
   */
  ListQuestions(
      String benchmark,
      LookedAt looked,
      GrantReader reader,
      List<ListKey> lists,
      KeyCount keys,
      Halt halt) {
    this.benchmark = benchmark;
    this.reader = reader;
    this.lists = List.copyOf(lists);
    this.halt = halt;
    this.looked = looked;
    this.others = looked.areAllFields() ? new OtherFields(lists.size()) : null;
    this.keys = keys;
    long[] answers = new long[lists.size()];
    long[] rows = new long[lists.size()];
    for (int i = 0; i < answers.length; i++) {
      rows[i] = lists.get(i).rows();
      answers[i] = lists.get(i).idSum() + rows[i] * PER_ROW;
    }
    this.key = new AnswerKey(answers, rows, answers.length);
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
    GrantQuery[] queries = lists.stream().map(ListKey::query).toArray(GrantQuery[]::new);
    if (others == null) {
      return question -> {
        try (GrantCursor cursor = asked.cursor(queries[question])) {
          return fold(cursor, halt);
        }
      };
    }
    // Who else is asked, as the null engine, need not say what the store said.
    OtherFields all = asked == reader ? others : new OtherFields(lists.size());
    if (looked == LookedAt.BATCHES) {
      BatchSums sums = new BatchSums();
      return question -> {
        try (GrantCursor cursor = asked.cursor(queries[question])) {
          return fold(cursor, question, sums, all, halt);
        }
      };
    }
    return question -> {
      try (GrantCursor cursor = asked.cursor(queries[question])) {
        return fold(cursor, question, all, halt);
      }
    };
  }

  @Override
  public void verify(int question) {
    ListKey list = lists.get(question);
    if (others == null) {
      verify(benchmark, reader, list, halt);
      return;
    }
    long[] sum = {0};
    verify(benchmark, reader, list, grant -> sum[0] += OtherFields.of(grant), halt);
    long departure = halt.isRequested() ? 0 : others.departure(question, sum[0]);
    if (departure != 0) {
      throw new WrongAnswerException(
          benchmark,
          list.name(),
          String.format(Locale.ROOT, "fields that add up to %016x", sum[0]),
          String.format(Locale.ROOT, "%016x, read one by one", sum[0] - departure));
    }
  }

  @Override
  public String name(int question) {
    return lists.get(question).name();
  }

  /** Compares every field of every row, their order, and the ids as the cursor lends them. */
  static void verify(String benchmark, GrantReader reader, ListKey list, Halt halt) {
    verify(benchmark, reader, list, grant -> {}, halt);
  }

  private static void verify(
      String benchmark, GrantReader reader, ListKey list, Consumer<Grant> each, Halt halt) {
    Comparator<Grant> order = list.query() instanceof GrantQuery.Scan ? BY_ID : BY_REFERENCES;
    try (GrantCursor cursor = reader.cursor(list.query())) {
      for (int i = 0; i < list.parts().size() && !halt.isRequested(); i++) {
        boolean isLast = i == list.parts().size() - 1;
        verify(benchmark, cursor, list.parts().get(i), isLast, order, each, halt);
      }
    }
  }

  /** Reads as many rows as there must be; of the last part, all that are left. */
  private static void verify(
      String benchmark,
      GrantCursor cursor,
      ListKey.Part part,
      boolean isLast,
      Comparator<Grant> order,
      Consumer<Grant> each,
      Halt halt) {
    DigestAccumulator digest = new DigestAccumulator();
    @Nullable Grant before = null;
    @Nullable String disorder = null;
    long idSum = 0;
    long rows = 0;
    while ((isLast || rows < part.expected().rows()) && cursor.next()) {
      Grant grant = cursor.grant();
      if (before != null && disorder == null && order.compare(before, grant) >= 0) {
        disorder = Excerpt.of(before.id()) + " before " + Excerpt.of(grant.id());
      }
      before = grant;
      digest.add(grant);
      each.accept(grant);
      idSum += cursor.id(IdField.GRANT_ID).hash64();
      if ((++rows & HALT_MASK) == 0 && halt.isRequested()) {
        return;
      }
    }
    ExpectedRows found = new ExpectedRows(digest.digest(), idSum);
    if (!found.equals(part.expected())) {
      throw new WrongAnswerException(benchmark, part.name(), words(part.expected()), words(found));
    }
    if (disorder != null) {
      throw new WrongAnswerException(benchmark, part.name(), "rows in order", disorder);
    }
  }

  private static long fold(GrantCursor cursor, Halt halt) {
    long folded = 0;
    long rows = 0;
    while (cursor.next()) {
      folded += cursor.id(IdField.GRANT_ID).hash64();
      if ((++rows & HALT_MASK) == 0 && halt.isRequested()) {
        break;
      }
    }
    return folded + rows * PER_ROW;
  }

  private static long fold(GrantCursor cursor, int question, OtherFields others, Halt halt) {
    long folded = 0;
    long sum = 0;
    long rows = 0;
    while (cursor.next()) {
      long id = cursor.id(IdField.GRANT_ID).hash64();
      folded += id;
      sum += OtherFields.of(id, cursor);
      if ((++rows & HALT_MASK) == 0 && halt.isRequested()) {
        return folded; // not the whole list, and not what others are to be compared with
      }
    }
    return folded + rows * PER_ROW + others.departure(question, sum);
  }

  private static long fold(
      GrantCursor cursor, int question, BatchSums sums, OtherFields others, Halt halt) {
    sums.clear();
    long untilHalt = HALT_MASK;
    while (sums.addNext(cursor)) {
      if (sums.rows() > untilHalt) {
        untilHalt += HALT_MASK;
        if (halt.isRequested()) {
          return sums.ids();
        }
      }
    }
    return sums.ids() + sums.rows() * PER_ROW + others.departure(question, sums.fields());
  }

  private static String words(ExpectedRows rows) {
    ContentDigest digest = rows.digest();
    return String.format(
        Locale.ROOT, "%d rows (digest %s, ids %016x)", digest.count(), digest.hex(), rows.idSum());
  }
}
