package dev.grantstore.packed;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantstore.CanonicalForm;
import dev.grantstore.CorruptionException;
import dev.grantstore.EntitlementRef;
import dev.grantstore.Grant;
import dev.grantstore.PrincipalRef;
import dev.grantstore.layout.Keyspace;
import dev.grantstore.layout.RowWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Assume;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

final class PageFoldProperties {
  private static final Instant EARLY = Instant.parse("2026-11-01T00:00:00Z");
  private static final boolean DEEP = Boolean.getBoolean("tests.deep");
  private static final int FOLDS = DEEP ? 500 : 60;
  private static final int[] PAGE_BYTES = {1, 150, 400, 4_096};

  /** A row that goes, or one that comes. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Change(byte[] key, byte[] value, boolean goes) {}

  /** Changes in order, as a fold asks for them. */
  private static final class Given implements PageFold.Changes {
    private final Iterator<Change> changes;
    private Change at = new Change(new byte[0], new byte[0], false);

    Given(List<Change> changes) {
      this.changes = changes.iterator();
    }

    @Override
    public boolean next() {
      boolean hasNext = changes.hasNext();
      at = hasNext ? changes.next() : at;
      return hasNext;
    }

    @Override
    public boolean goes() {
      return at.goes();
    }

    @Override
    public byte[] key() {
      return at.key();
    }

    @Override
    public byte[] value() {
      return at.value();
    }
  }

  @Property(tries = 150, edgeCases = EdgeCasesMode.NONE)
  void whatStaysAndWhatComesIsThereInOrderAndFound(
      @ForAll long seed, @ForAll @IntRange(max = 500) int count) throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    List<Grant> all = new ShapedGrants(seed).some(count);
    Keyspace keyspace = Keyspace.OF_GRANTS.get(random.nextInt(Keyspace.OF_GRANTS.size()));
    int oneIn = 1 << random.nextInt(1, 9);
    List<Grant> before = new ArrayList<>();
    List<Grant> gone = new ArrayList<>();
    List<Grant> come = new ArrayList<>();
    for (Grant grant : all) {
      boolean isBefore = random.nextInt(oneIn) > 0;
      (isBefore ? before : come).add(grant);
      if (isBefore && random.nextInt(oneIn) == 0) {
        gone.add(grant);
        if (random.nextBoolean()) {
          come.add(grant);
        }
      }
    }
    PackedRows base = packed(before, keyspace, random);
    TreeMap<byte[], Grant> expected = new TreeMap<>(Arrays::compareUnsigned);
    expected.putAll(base.rows);
    rowsOf(gone, keyspace).keySet().forEach(expected::remove);
    expected.putAll(grantsOf(come, keyspace));

    PackedRows after = folded(base, changes(gone, come, keyspace), expected);

    assertThat(read(after.open())).isEqualTo(List.copyOf(expected.values()));
    PackedKeyspace pages = after.open();
    PageReader reader = new PageReader();
    RowIds ids = new RowIds(keyspace);
    for (byte[] key : expected.keySet()) {
      reader.open(pages.page(pages.find(key, key.length)));
      ids.read(key, key.length);
      assertThat(reader.grant(reader.find(ids))).isEqualTo(expected.get(key));
    }
  }

  @Property(tries = 60, edgeCases = EdgeCasesMode.NONE)
  void pagesThatNoChangeFallsIntoAreTheSameBytes(
      @ForAll long seed, @ForAll @IntRange(min = 200, max = 500) int count) throws Exception {
    List<Grant> grants = new ShapedGrants(seed).some(count);
    // Some shapes have no ids.
    Assume.that(!grants.isEmpty());
    PackedRows base = new PackedRows(grants, Keyspace.GRANTS, 400, 1, 0);
    Grant gone = requireNonNull(base.rows.lastEntry()).getValue();
    SortedMap<byte[], Grant> expected = base.rows.headMap(base.rows.lastKey());

    PackedRows after = folded(base, changes(List.of(gone), List.of(), Keyspace.GRANTS), expected);

    int pages = base.open().pages();
    for (int page = 0; page < pages - 1; page++) {
      byte[] key = PageKey.ofPage(PackedRows.SYNC, Keyspace.GRANTS, 0, page);
      assertThat(after.stored.get(key)).isEqualTo(base.stored.get(key));
    }
    assertThat(read(after.open())).hasSize(grants.size() - 1).doesNotContain(gone);
  }

  @Example
  void pagesStayAboutAsManyAsIfPackedAnew() throws Exception {
    SplittableRandom random = new SplittableRandom(1);
    List<Grant> all =
        IntStream.range(0, 600)
            .mapToObj(i -> grant("g" + i * 7_919, "e" + i % 30, "u" + i % 100, EARLY))
            .collect(Collectors.toCollection(ArrayList::new));
    PackedRows folded = new PackedRows(all, Keyspace.GRANTS, 100, 1, 0);
    for (int fold = 0; fold < FOLDS; fold++) {
      int at = random.nextInt(all.size());
      // As what a connector finds: one place, and one elsewhere.
      Set<Integer> places = new TreeSet<>(List.of(at, random.nextInt(all.size())));
      List<Grant> gone = places.stream().map(all::get).toList();
      for (int place : places) {
        Grant is = all.get(place);
        boolean moves = random.nextInt(4) == 0;
        String id = moves ? "h" + random.nextInt(1 << 30) : is.id();
        Instant found = EARLY.plusSeconds(random.nextInt(1 << 20));
        all.set(place, Grant.of(id, is.entitlement(), is.principal(), found));
      }
      List<Grant> come = places.stream().map(all::get).toList();
      PackedRows before = folded;
      folded =
          folded(before, changes(gone, come, Keyspace.GRANTS), grantsOf(all, Keyspace.GRANTS), 100);

      // Each of two to four changes takes one neighbour along at most.
      assertThat(pagesAs(before, folded)).isGreaterThanOrEqualTo(before.open().pages() - 2 * 4);
    }

    int anew = new PackedRows(all, Keyspace.GRANTS, 100, 1, 0).open().pages();
    assertThat(folded.open().pages()).isBetween(anew, anew * 3 / 2);
    assertThat(pages(folded)).filteredOn(page -> page.split(",").length < 150).hasSizeLessThan(4);
  }

  /** Of a hundredth of the rows half are found anew, a quarter moves and a quarter is others'. */
  @Example
  void foldsOfAHundredthLeaveAsManyPagesAsARebuild() throws Exception {
    int count = DEEP ? 3_000 : 300;
    int folds = DEEP ? 500 : 20;
    for (Keyspace keyspace :
        List.of(Keyspace.GRANTS, Keyspace.BY_ENTITLEMENT, Keyspace.BY_PRINCIPAL)) {
      SplittableRandom random = new SplittableRandom(2);
      List<Grant> all =
          IntStream.range(0, count)
              .mapToObj(i -> grant("g" + i * 7_919, "e" + i % 60, "u" + i * 31 % 500, EARLY))
              .collect(Collectors.toCollection(ArrayList::new));
      PackedRows folded = new PackedRows(all, keyspace, 600, 1, 0);
      int first = folded.open().pages();
      for (int fold = 1; fold <= folds; fold++) {
        List<Integer> places =
            random.ints(count / 100, 0, count).distinct().sorted().boxed().toList();
        List<Grant> gone = places.stream().map(all::get).toList();
        for (int place : places) {
          Grant is = all.get(place);
          int kind = random.nextInt(4);
          String id = kind == 0 ? "h" + random.nextInt(1 << 30) : is.id();
          String to = kind == 1 ? "e" + random.nextInt(60) : is.entitlement().entitlementId();
          Instant found = EARLY.plusSeconds(random.nextInt(1 << 20));
          all.set(place, grant(id, to, is.principal().resourceId(), found));
        }
        List<Grant> come = places.stream().map(all::get).toList();
        folded = folded(folded, changes(gone, come, keyspace), grantsOf(all, keyspace), 600);
        if (fold % 100 == 0) {
          System.out.println(
              keyspace.label()
                  + " first="
                  + first
                  + " folds="
                  + fold
                  + " folded="
                  + folded.open().pages()
                  + " rebuilt="
                  + new PackedRows(all, keyspace, 600, 1, 0).open().pages());
        }
      }
      int anew = new PackedRows(all, keyspace, 600, 1, 0).open().pages();
      assertThat(folded.open().pages()).isBetween(anew - 1, anew + 1 + anew / 5);
    }
  }

  /** What is left of a page that lost a quarter is not short: the next one is copied as it is. */
  @Example
  void whatIsLeftOfAFullPageTakesNoNeighbourAlong() throws Exception {
    List<Grant> grants =
        IntStream.range(0, 600)
            .mapToObj(i -> grant("g" + i * 7_919, "e" + i % 30, "u" + i * 31 % 500, EARLY))
            .sorted(Comparator.comparing(Grant::id))
            .toList();
    PackedRows base = new PackedRows(grants, Keyspace.GRANTS, 400, 1, 0);
    int pages = base.open().pages();
    assertThat(pages).isGreaterThan(3);
    List<Integer> rows = rowsOf(base);
    // How large the first one becomes is a guess.
    int row = rows.get(0);
    for (int page = 1; page < pages; page++) {
      List<Grant> gone = grants.subList(row, row + rows.get(page) / 4);
      row += rows.get(page);
      NavigableMap<byte[], Grant> expected = new TreeMap<>(base.rows);
      rowsOf(gone, Keyspace.GRANTS).keySet().forEach(expected::remove);

      PackedRows after = folded(base, changes(gone, List.of(), Keyspace.GRANTS), expected);

      assertThat(pagesAs(base, after)).as("page %d of %s", page, rows).isEqualTo(pages - 1);
    }
  }

  /** Rows that take much stand where the two meet: of their like a page would have few. */
  @Example
  void aShortPageAndItsNeighbourBecomePagesOfAsManyRows() throws Exception {
    List<Grant> grants = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      grants.add(grant("g" + (100 + i), "e", "u", EARLY));
    }
    List<Integer> before = rowsOf(new PackedRows(grants, Keyspace.GRANTS, 400, 1, 0));
    int first = before.get(0);
    int second = first + before.get(1);
    SplittableRandom random = new SplittableRandom(1);
    for (int i = second; i < second + 10; i++) {
      String long300 = random.ints(300, 'a', 'z').mapToObj(Character::toString).collect(joining());
      grants.set(i, grant(grants.get(i).id(), "e", long300, EARLY));
    }
    PackedRows base = new PackedRows(grants, Keyspace.GRANTS, 400, 1, 0);
    List<Grant> gone = grants.subList(first, second - 10);
    NavigableMap<byte[], Grant> expected = new TreeMap<>(base.rows);
    rowsOf(gone, Keyspace.GRANTS).keySet().forEach(expected::remove);

    PackedRows after = folded(base, changes(gone, List.of(), Keyspace.GRANTS), expected);

    int half = (before.get(2) + 10) / 2;
    assertThat(rowsOf(after))
        .containsExactly(first, before.get(2) + 10 - half, half, before.get(3));
  }

  private static List<Integer> rowsOf(PackedRows packed) throws Exception {
    List<Integer> rows = new ArrayList<>();
    PackedKeyspace pages = packed.open();
    for (int page = 0; page < pages.pages(); page++) {
      rows.add(pages.page(page).rows);
    }
    return rows;
  }

  /** How many pages have the same bytes as one before, but for their keys' checksum. */
  private static long pagesAs(PackedRows before, PackedRows after) throws Exception {
    Set<String> bytes = pages(before);
    return pages(after).stream().filter(bytes::contains).count();
  }

  private static Set<String> pages(PackedRows rows) throws Exception {
    Set<String> pages = new HashSet<>();
    for (int page = 0; page < rows.open().pages(); page++) {
      byte[] bytes =
          requireNonNull(rows.stored.get(PageKey.ofPage(PackedRows.SYNC, rows.keyspace, 0, page)));
      pages.add(Arrays.toString(Arrays.copyOfRange(bytes, Integer.BYTES, bytes.length)));
    }
    return pages;
  }

  private static Grant grant(String id, String entitlement, String principal, Instant found) {
    return Grant.of(
        id,
        new EntitlementRef("app", "res", entitlement),
        new PrincipalRef("user", principal),
        found);
  }

  @Property(tries = 30, edgeCases = EdgeCasesMode.NONE)
  void whatGoesMustBeThereAndWhatComesMustNot(
      @ForAll long seed, @ForAll @IntRange(min = 2, max = 100) int count) throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    List<Grant> grants = new ShapedGrants(seed).some(count);
    Assume.that(!grants.isEmpty());
    int at = random.nextInt(grants.size());
    Grant one = grants.get(at);
    List<Grant> others = new ArrayList<>(grants);
    others.remove(at);
    PackedRows without = packed(others, Keyspace.BY_PRINCIPAL, random);
    PackedRows with = packed(grants, Keyspace.BY_PRINCIPAL, random);

    assertThatThrownBy(
            () ->
                folded(without, changes(List.of(one), List.of(), Keyspace.BY_PRINCIPAL), with.rows))
        .isInstanceOf(CorruptionException.class)
        .hasMessageContaining("row that goes is not there");
    assertThatThrownBy(
            () -> folded(with, changes(List.of(), List.of(one), Keyspace.BY_PRINCIPAL), with.rows))
        .isInstanceOf(CorruptionException.class)
        .hasMessageContaining("row that comes is there already");
  }

  private static PackedRows packed(List<Grant> grants, Keyspace keyspace, SplittableRandom random)
      throws Exception {
    int pageBytes = PAGE_BYTES[random.nextInt(PAGE_BYTES.length)];
    return new PackedRows(grants, keyspace, pageBytes, random.nextInt(1, 4), 0);
  }

  private static PackedRows folded(
      PackedRows base, List<Change> changes, SortedMap<byte[], Grant> expected) throws Exception {
    return folded(base, changes, expected, 400);
  }

  private static PackedRows folded(
      PackedRows base, List<Change> changes, SortedMap<byte[], Grant> expected, int pageBytes)
      throws Exception {
    PackedRows after = new PackedRows(List.of(), base.keyspace, pageBytes, 1, 0);
    RowPacker<RuntimeException> packer =
        new RowPacker<>(PackedRows.SYNC, base.keyspace, 0, pageBytes, after.stored::put);
    new PageFold(base.keyspace, base.open(), new Given(changes), packer).run();
    assertThat(packer.finish()).isEqualTo(expected.size());
    after.rows.putAll(expected);
    return after;
  }

  private static List<Grant> read(PackedKeyspace pages) throws Exception {
    List<Grant> read = new ArrayList<>();
    PageReader reader = new PageReader();
    for (int page = 0; page < pages.pages(); page++) {
      reader.open(pages.page(page));
      for (int row = 0; row < reader.rows(); row++) {
        read.add(reader.grant(row));
      }
    }
    return read;
  }

  /** Of another sync, as far as their keys say. */
  private static List<Change> changes(List<Grant> gone, List<Grant> come, Keyspace keyspace) {
    List<Change> changes = new ArrayList<>();
    rowsOf(gone, keyspace).forEach((key, value) -> changes.add(new Change(key, value, true)));
    rowsOf(come, keyspace).forEach((key, value) -> changes.add(new Change(key, value, false)));
    changes.forEach(change -> change.key()[Integer.BYTES - 1]++);
    // Stable, so that of one key what goes stays first.
    changes.sort((a, b) -> Arrays.compareUnsigned(a.key(), b.key()));
    return changes;
  }

  private static SortedMap<byte[], byte[]> rowsOf(List<Grant> grants, Keyspace keyspace) {
    TreeMap<byte[], byte[]> rows = new TreeMap<>(Arrays::compareUnsigned);
    RowWriter writer = new RowWriter();
    CanonicalForm form = new CanonicalForm();
    for (Grant grant : grants) {
      if (keyspace.includes(grant)) {
        form.encode(grant);
        writer.grant(grant, form);
        writer.row(keyspace, PackedRows.SYNC);
        rows.put(
            writer.key().toByteArray(),
            Arrays.copyOf(writer.value().array(), writer.value().length()));
      }
    }
    return rows;
  }

  private static SortedMap<byte[], Grant> grantsOf(List<Grant> grants, Keyspace keyspace) {
    TreeMap<byte[], Grant> rows = new TreeMap<>(Arrays::compareUnsigned);
    for (Grant grant : grants) {
      rowsOf(List.of(grant), keyspace).keySet().forEach(key -> rows.put(key, grant));
    }
    return rows;
  }
}
