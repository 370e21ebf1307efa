package dev.grantstore.lmdb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.keyvalue.ChildJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * F4: No damaged page ends the JVM: those that LMDB would stumble over are found on opening. {@code
 * -Dtests.damage=N} tries N damaged files, {@code -Dtests.damage.seed=S} others.
 */
final class PageDamageTest {
  private static final int CASES =
      Integer.getInteger("tests.damage", Boolean.getBoolean("tests.deep") ? 240 : 120);
  private static final long SEED = Long.getLong("tests.damage.seed", 1);

  /** Without the check, to see how many of the files are deadly. */
  private static final String CHECKED =
      System.getProperty("tests.damage.checked", Long.toString(1L << 40));

  @TempDir private Path folder;

  private final List<String> lines = new ArrayList<>();
  private final List<Integer> deadly = new ArrayList<>();

  @Test
  void noDamagedPageEndsTheJvm() throws Exception {
    PageDamageStores.make(Files.createDirectory(folder.resolve("stores")));
    int next = 0;
    while (next < CASES) {
      next = tryFrom(next);
    }

    long refused = count(PageDamageChild.REFUSED);
    long used = count(PageDamageChild.USED);
    System.out.printf(
        Locale.ROOT,
        "damaged LMDB files: tried=%d refused=%d used=%d deadly=%s seed=%d%n",
        CASES,
        refused,
        used,
        deadly,
        SEED);
    assertThat(deadly).as("cases that ended the JVM, seed=%d", SEED).isEmpty();
    assertThat(lines).noneMatch(line -> line.startsWith(PageDamageChild.BROKEN));
    assertThat(refused + used).isEqualTo(CASES);
    // Both halves are tried: what is found on opening, and what is used after it.
    assertThat(refused).isGreaterThan(CASES / 10);
    assertThat(used).isGreaterThan(CASES / 10);
  }

  /** Starts one process, which goes on until it dies; the case after its last. */
  private int tryFrom(int first) throws Exception {
    try (ChildJvm child =
        ChildJvm.start(
            folder,
            List.of(),
            PageDamageChild.class,
            folder.toString(),
            Long.toString(SEED),
            Integer.toString(first),
            Integer.toString(Math.min(CASES, first + 1_000)),
            CHECKED)) {
      boolean whole = endsWell(child);
      List<String> printed = child.lines();
      lines.addAll(printed);
      List<String> begun =
          printed.stream().filter(line -> line.startsWith(PageDamageChild.BEGUN)).toList();
      assertThat(begun).as(child.output()).isNotEmpty();
      String last = begun.get(begun.size() - 1);
      int number = Integer.parseInt(last.substring(PageDamageChild.BEGUN.length()));
      if (!whole) {
        deadly.add(number);
      }
      return number + 1;
    }
  }

  private static boolean endsWell(ChildJvm child) throws Exception {
    try {
      return child.awaitExit() == 0;
    } catch (AssertionError e) {
      // It hung, and is killed: no better than one that died.
      return false;
    }
  }

  private long count(String start) {
    return lines.stream().filter(line -> line.startsWith(start)).count();
  }
}
