package dev.grantstore.equivalence.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is hurt is hurt as it is told, so that a campaign tried what it says. */
final class DamageTest {
  private static final Map<String, Integer> SIZES =
      new TreeMap<>(Map.of("empty", 0, "a", 1, "b", 5_000, "c", 20_000, "other", 9_000));

  @TempDir private Path store;

  /** One file of those that may be, in each kind of way, and the text says which and where. */
  @Test
  void oneFileIsHurtAsTheTextSays() throws IOException {
    Set<Damage> seen = EnumSet.noneOf(Damage.class);
    List<String> hurt = new ArrayList<>();
    for (int seed = 0; seed < 400; seed++) {
      Map<String, byte[]> before = fill();
      Damage.Done done =
          Damage.draw(store, List.of("empty", "a", "b", "c"), new SplittableRandom(seed));

      for (Map.Entry<String, byte[]> file : before.entrySet()) {
        boolean isSame =
            Arrays.equals(file.getValue(), Files.readAllBytes(store.resolve(file.getKey())));
        assertThat(isSame).as("%s: %s", done, file.getKey()).isNotEqualTo(isOf(done, file));
      }
      byte[] old = before.getOrDefault(done.file(), new byte[0]);
      byte[] now = Files.readAllBytes(store.resolve(done.file()));
      String[] words = done.text().split(" ", 2);
      Damage damage = Damage.valueOf(words[0]);
      assertThat(words[1])
          .matches(
              "at byte \\d+ of " + done.file() + ", " + old.length + " bytes, now " + now.length);
      int at = Integer.parseInt(words[1].split(" ", -1)[2]);
      check(damage, at, old, now);
      seen.add(damage);
      hurt.add(done.file());
    }
    assertThat(seen).containsExactlyInAnyOrder(Damage.values());
    assertThat(hurt).contains("a", "b", "c").doesNotContain("empty", "other");
  }

  private static void check(Damage damage, int at, byte[] old, byte[] now) {
    int first = Arrays.mismatch(old, now);
    int last = old.length - 1;
    while (last >= 0 && last < now.length && old[last] == now[last]) {
      last--;
    }
    int page = at / 4096;
    switch (damage) {
      case FLIP -> {
        assertThat(first).isEqualTo(last).isEqualTo(at);
        assertThat(Integer.bitCount((old[at] ^ now[at]) & 0xff)).isEqualTo(1);
      }
      case CUT -> assertThat(first).isEqualTo(now.length).isLessThan(old.length);
      case ZERO_PAGE -> {
        assertThat(first / 4096).isEqualTo(page).isEqualTo(last / 4096);
        assertThat(now[first]).isZero();
      }
      case GARBLE -> assertThat(first).isGreaterThanOrEqualTo(at).isLessThan(at + 256);
      case COPY_PAGE -> assertThat(first / 4096).isEqualTo(page).isEqualTo(last / 4096);
      case APPEND -> assertThat(first).isEqualTo(old.length).isLessThan(now.length);
    }
    assertThat(damage == Damage.CUT || damage == Damage.APPEND).isEqualTo(old.length != now.length);
  }

  private static boolean isOf(Damage.Done done, Map.Entry<String, byte[]> file) {
    return done.file().equals(file.getKey());
  }

  private Map<String, byte[]> fill() throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    for (Map.Entry<String, Integer> size : SIZES.entrySet()) {
      byte[] bytes = new byte[size.getValue()];
      new SplittableRandom(size.getValue()).nextBytes(bytes);
      Files.write(store.resolve(size.getKey()), bytes);
      files.put(size.getKey(), bytes);
    }
    return files;
  }

  /** Of five changes of names, and of the third where one is chosen. */
  @ParameterizedTest
  @EnumSource(Survival.Names.class)
  void namesSurviveAsTheirKindSays(Survival.Names names) {
    StringBuilder kept = new StringBuilder();
    SplittableRandom random = new SplittableRandom(1);
    for (int place = 0; place < 5; place++) {
      kept.append(names.keeps(place, 2, random) ? 'x' : '.');
    }
    String expected =
        switch (names) {
          case NOTHING -> ".....";
          case ALL -> "xxxxx";
          case ORDERED -> "xx...";
          case HOLE -> "xx.xx";
          case ONLY -> "..x..";
          case SOME -> kept.toString();
        };
    assertThat(kept).hasToString(expected);
  }

  @Test
  void someNamesAreAnyOfThem() {
    List<String> all = new ArrayList<>();
    for (int seed = 0; seed < 64; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      all.add(
          Survival.Names.SOME.keeps(0, 0, random) + " " + Survival.Names.SOME.keeps(1, 0, random));
    }
    assertThat(all).contains("true true", "true false", "false true", "false false");
  }
}
