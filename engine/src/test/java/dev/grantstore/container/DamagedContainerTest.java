package dev.grantstore.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantstore.Annotation;
import dev.grantstore.BulkLoadOptions;
import dev.grantstore.Bytes;
import dev.grantstore.EntitlementRef;
import dev.grantstore.Grant;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStoreException;
import dev.grantstore.PrincipalRef;
import dev.grantstore.Reason;
import dev.grantstore.keyvalue.Answers;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A damaged container gives the answers that the whole one gives, or says {@link
 * Reason#CORRUPTION}; it is verified by nobody, and nothing of it is taken in. So does one whose
 * hashes somebody has made anew.
 */
final class DamagedContainerTest {
  private static final BulkLoadOptions LOADING = new BulkLoadOptions(1 << 20, 1);
  private static final List<Grant> GRANTS = annotated(0);
  private static final List<Grant> OTHERS = Containers.grants(22, 3);
  private static final int MOST_TWISTS = 64;
  private static final int MUTATIONS = Integer.getInteger("tests.mutations", 20_000);

  @TempDir Path folder;

  private Path file;
  private byte[] whole;
  private Map<String, Object> answers;
  private final Answers questions = new Answers();

  @BeforeEach
  void save() throws IOException {
    whole = saved("whole", GRANTS);
    file = folder.resolve("damaged.gsync");
    questions.ask("s", GRANTS.subList(0, 2));
    answers = answersOf(whole);
    PageIndex index = index(whole);
    assertThat(IntStream.range(0, index.pages()))
        .as("some pages are deflated")
        .anyMatch(page -> index.storedBytes(page) < index.wholeBytes(page))
        .anyMatch(page -> index.storedBytes(page) == index.wholeBytes(page));
  }

  private Map<String, Object> answersOf(byte[] container) throws IOException {
    Files.write(file, container);
    try (GrantStore store = SyncFiles.open(file, 0)) {
      return questions.of(store);
    }
  }

  @Test
  void everyCutIsTold() throws IOException {
    for (int length = 0; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      GrantStoreException told = assertRefused(this::inspected);
      if (length % 64 == 0) {
        assertRefused(this::opened);
      }
      if (length > 0) {
        assertThat(told).hasMessageContaining("cut off").hasMessageContaining("bytes=" + length);
      }
    }
  }

  @Test
  void bytesBehindTheEndAreTold() throws IOException {
    Files.write(file, Arrays.copyOf(whole, whole.length + 1));
    assertThat(assertRefused(this::opened)).hasMessageContaining("behind its end");
  }

  @Test
  void everyBitIsToldByVerifyAndNoAnswerIsAnother() throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    for (int bit = 0; bit < 8 * whole.length; bit += 1 + random.nextInt(159)) {
      assertTold(flipped(whole, bit));
    }
  }

  @Tag("deep")
  @Test
  void everySingleBitIsToldByVerify() throws IOException {
    for (int bit = 0; bit < 8 * whole.length; bit++) {
      Files.write(file, flipped(whole, bit));
      assertThatThrownBy(() -> SyncFiles.verify(file)).satisfies(DamagedContainerTest::isTold);
    }
  }

  @Test
  void aSectionOfAnotherContainerIsTold() throws IOException {
    byte[] other = twisted();
    Frame frame = frame(whole);
    int[] edges = {
      0,
      Frame.HEAD_BYTES,
      (int) index(whole).offset(1),
      (int) index(whole).offset(2),
      (int) index(whole).offset(3),
      (int) frame.indexAt(),
      (int) frame.manifestAt(),
      (int) frame.footerAt(),
      whole.length
    };
    Map<String, Object> ofWhole = answers;
    Map<String, Object> ofOther = answersOf(other);
    int spliced = 0;
    for (int from = 0; from < edges.length; from++) {
      for (int to = from + 1; to < edges.length; to++) {
        byte[] mixed = whole.clone();
        System.arraycopy(other, edges[from], mixed, edges[from], edges[to] - edges[from]);
        if (!Arrays.equals(mixed, whole) && !Arrays.equals(mixed, other)) {
          // What has the other's footer, index and manifest is the other one with damaged pages.
          answers = edges[to] == whole.length ? ofOther : ofWhole;
          assertTold(mixed);
          spliced++;
        }
      }
    }
    assertThat(spliced).isGreaterThan(10);
  }

  @Test
  void pagesInOneAnothersPlacesAreTold() throws IOException {
    PageIndex index = index(whole);
    for (int page = 1; page < index.pages(); page++) {
      byte[] mixed = whole.clone();
      int length = Math.min(index.storedBytes(0), index.storedBytes(page));
      System.arraycopy(whole, (int) index.offset(page), mixed, (int) index.offset(0), length);
      if (!Arrays.equals(mixed, whole)) {
        assertTold(mixed);
      }
    }
  }

  @Test
  void numbersThatSomebodyMadeHashesForAreRefusedBeforeAnythingIsMadeOfThem() throws IOException {
    Frame frame = frame(whole);
    int manifest = (int) frame.manifestAt();
    int index = (int) frame.indexAt();
    int footer = (int) frame.footerAt();
    List<Integer> numbers = new ArrayList<>(List.of(footer, footer + 4, footer + 16));
    for (int at = manifest; at + Integer.BYTES <= footer; at++) {
      numbers.add(at);
    }
    for (int at = index; at < manifest; at += 4) {
      numbers.add(at);
    }
    for (int at : numbers) {
      for (int value : new int[] {0, 1, -1, Integer.MAX_VALUE, Integer.MIN_VALUE, 1 << 24}) {
        byte[] forged = whole.clone();
        Frame.numbers(forged).putInt(at, value);
        rehash(forged, at >= footer);
        if (!Arrays.equals(forged, whole)) {
          assertTold(forged);
        }
      }
    }
  }

  @Test
  void listsThatDoNotAgreeAreToldByVerifyAndNotTakenIn() throws IOException {
    // As many bytes, rows and pages, and all hashes fit: only that grants differ is wrong.
    byte[] other = twisted();
    PageIndex pages = index(whole);
    for (int page = 0; page < pages.pages(); page++) {
      byte[] mixed = whole.clone();
      int from = (int) pages.offset(page);
      System.arraycopy(other, from, mixed, from, pages.storedBytes(page));
      byte[] stored = Arrays.copyOfRange(mixed, from, from + pages.storedBytes(page));
      int entry = (int) frame(whole).indexAt() + page * PageIndex.ENTRY_BYTES;
      Frame.numbers(mixed).putLong(entry + 8, Frame.hash(stored));
      rehash(mixed, false);
      if (!Arrays.equals(mixed, whole)) {
        Files.write(file, mixed);
        assertThatThrownBy(() -> SyncFiles.verify(file)).satisfies(DamagedContainerTest::isTold);
        assertNotTakenIn("rocksdb");
        assertNotSavedAnew();
      }
    }
  }

  @Tag("deep")
  @Test
  void mutationsOfAllKindsAreTold() throws IOException {
    SplittableRandom random = new SplittableRandom(7);
    byte[] other = twisted();
    for (int i = 0; i < MUTATIONS; i++) {
      byte[] mutated = mutated(random, other);
      if (!Arrays.equals(mutated, whole) && !Arrays.equals(mutated, other)) {
        assertTold(mutated);
      }
    }
  }

  private byte[] mutated(SplittableRandom random, byte[] other) {
    byte[] mutated = whole.clone();
    int at = random.nextInt(whole.length);
    int length = 1 + random.nextInt(Math.min(64, whole.length - at));
    switch (random.nextInt(6)) {
      case 0 -> mutated[at] ^= (byte) (1 + random.nextInt(255));
      case 1 -> mutated = Arrays.copyOf(whole, at);
      case 2 -> System.arraycopy(other, at, mutated, at, length);
      case 3 -> Arrays.fill(mutated, at, at + length, (byte) 0);
      case 4 ->
          System.arraycopy(whole, random.nextInt(whole.length - length + 1), mutated, at, length);
      default -> {
        int footer = (int) frame(whole).footerAt();
        int forged = (int) frame(whole).indexAt();
        int place = forged + random.nextInt(footer - forged);
        mutated[place] ^= (byte) (1 << random.nextInt(8));
        rehash(mutated, false);
      }
    }
    return mutated;
  }

  private void assertTold(byte[] damaged) throws IOException {
    Files.write(file, damaged);
    assertThatThrownBy(() -> SyncFiles.verify(file)).satisfies(DamagedContainerTest::isTold);
    try (GrantStore store = SyncFiles.open(file, 0)) {
      questions
          .of(store)
          .forEach(
              (question, answer) ->
                  assertThat(answer).as(question).isIn(answers.get(question), Answers.TOLD));
      assertNotTakenIn("memory");
    } catch (GrantStoreException e) {
      isTold(e);
    }
  }

  /** Either it says so, or what is damaged is not needed, and all of it is right. */
  private void assertNotTakenIn(String engine) throws IOException {
    try (GrantStore target =
        Containers.store(engine, Files.createTempDirectory(folder, "t").resolve("store"))) {
      try {
        SyncFiles.ingest(file, "s", target, "s", LOADING);
        assertThat(engine).isEqualTo("memory");
        Map<String, Object> taken = questions.of(target);
        taken.put("syncs", answers.get("syncs"));
        assertThat(taken).isEqualTo(answers);
      } catch (GrantStoreException e) {
        isTold(e);
        assertThat(target.syncs()).isEmpty();
      }
    }
  }

  private void assertNotSavedAnew() {
    Path anew = folder.resolve("anew.gsync");
    SaveOptions options = SaveOptions.defaults().withSorting(LOADING);
    try (GrantStore from = SyncFiles.open(file, 0)) {
      assertThatThrownBy(() -> SyncFiles.save(from, List.of("r", "s"), anew, options))
          .satisfies(DamagedContainerTest::isTold);
    }
    assertThat(anew).doesNotExist();
  }

  private GrantStoreException assertRefused(UnaryOperator<Path> call) {
    GrantStoreException[] told = new GrantStoreException[1];
    assertThatThrownBy(() -> call.apply(file))
        .isInstanceOfSatisfying(GrantStoreException.class, e -> told[0] = e);
    isTold(told[0]);
    return told[0];
  }

  private Path inspected(Path path) {
    SyncFiles.inspect(path);
    return path;
  }

  private Path opened(Path path) {
    SyncFiles.open(path, 0).close();
    return path;
  }

  private static void isTold(Throwable e) {
    assertThat(e).isInstanceOf(GrantStoreException.class);
    assertThat(((GrantStoreException) e).reason())
        .as(e.toString())
        .isIn(Reason.CORRUPTION, Reason.NOT_A_STORE, Reason.VERSION_TOO_NEW, Reason.SYNC_UNKNOWN);
  }

  /** A container of the same layout, with other grants. */
  private byte[] twisted() throws IOException {
    for (int twist = 1; twist < MOST_TWISTS; twist++) {
      byte[] other = saved("other-" + twist, annotated(twist));
      if (other.length == whole.length && offsets(other).equals(offsets(whole))) {
        return other;
      }
    }
    throw new AssertionError("no twist keeps the layout");
  }

  private static List<Long> offsets(byte[] container) {
    PageIndex index = index(container);
    return IntStream.range(0, index.pages()).mapToObj(index::offset).toList();
  }

  private static List<Grant> annotated(int twist) {
    SplittableRandom random = new SplittableRandom(5);
    List<Grant> grants = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      byte[] value = new byte[20];
      random.nextBytes(value);
      value[9] ^= (byte) twist;
      grants.add(
          new Grant(
              "g" + i,
              new EntitlementRef("app", "a" + i % 2, "e" + i % 3),
              new PrincipalRef("user", "u" + 7 * i % 10),
              Containers.STARTED.plusSeconds(i),
              i % 4 == 0,
              Optional.empty(),
              List.of(),
              List.of(
                  new Annotation("u", Bytes.copyOf(value)),
                  new Annotation(
                      "a text that all rows have, behind one that differs",
                      Bytes.copyOf(new byte[9])))));
    }
    return grants;
  }

  private byte[] saved(String name, List<Grant> grants) throws IOException {
    Path saved = folder.resolve(name + ".gsync");
    try (GrantStore store = Containers.store("memory", folder)) {
      Containers.seal(store, "r", OTHERS);
      Containers.seal(store, "s", grants);
      SyncFiles.save(store, List.of("r", "s"), saved, SaveOptions.defaults().withSorting(LOADING));
    }
    assertThatCode(() -> SyncFiles.verify(saved)).doesNotThrowAnyException();
    return Files.readAllBytes(saved);
  }

  private static Frame frame(byte[] container) {
    return Frame.read(
        Path.of("x"),
        Arrays.copyOf(container, Frame.HEAD_BYTES),
        Arrays.copyOfRange(container, container.length - Frame.FOOTER_BYTES, container.length));
  }

  private static PageIndex index(byte[] container) {
    Frame frame = frame(container);
    return PageIndex.read(
        Path.of("x"),
        frame,
        Arrays.copyOfRange(container, (int) frame.indexAt(), (int) frame.manifestAt()));
  }

  private static byte[] flipped(byte[] bytes, int bit) {
    byte[] flipped = bytes.clone();
    flipped[bit >>> 3] ^= (byte) (1 << (bit & 7));
    return flipped;
  }

  /** Makes the hashes of a container anew, those of index and manifest too unless they are kept. */
  private static void rehash(byte[] container, boolean keepsLengths) {
    int footer = container.length - Frame.FOOTER_BYTES;
    ByteBuffer in = Frame.numbers(container);
    if (!keepsLengths) {
      int manifestBytes = in.getInt(footer + 16);
      int indexBytes = (int) in.getLong(footer);
      int manifest = footer - manifestBytes;
      int index = manifest - indexBytes;
      in.putLong(footer + 8, Frame.hash(Arrays.copyOfRange(container, index, manifest)));
      in.putLong(footer + 20, Frame.hash(Arrays.copyOfRange(container, manifest, footer)));
    }
    byte[] root = Arrays.copyOf(container, Frame.HEAD_BYTES + 28);
    System.arraycopy(container, footer, root, Frame.HEAD_BYTES, 28);
    in.putLong(footer + 28, Frame.hash(root));
  }
}
