package dev.grantstore.sort;

import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.DomainContextBase;

/** Rows whose keys are hard to tell apart. */
final class RowArbitraries extends DomainContextBase {
  private static final String LONG_PREFIX = "app\0app-3\0ent-000123\0".repeat(9);

  @Provide
  Arbitrary<Row> rows() {
    return Combinators.combine(keys(), sequences()).as(Row::of).withoutEdgeCases();
  }

  /** Few letters, among them the lowest and the highest; lengths around those of cached parts. */
  @Provide
  static Arbitrary<String> keys() {
    Arbitrary<String> tails =
        Arbitraries.strings()
            .withChars('\0', '\u0001', 'a', 'b', '\u007f', '\u0080', '\u00fe', '\u00ff')
            .ofMaxLength(18)
            .withoutEdgeCases();
    Arbitrary<String> zeros = Arbitraries.integers().between(0, 17).map("\0"::repeat);
    Arbitrary<String> prefixes =
        Arbitraries.of("", "", "\u00ff", "aaaaaaa", "aaaaaaaa", LONG_PREFIX);
    return Combinators.combine(prefixes, Arbitraries.oneOf(tails, zeros)).as(String::concat);
  }

  private static Arbitrary<Long> sequences() {
    return Arbitraries.oneOf(
        Arbitraries.longs().between(0, 5),
        Arbitraries.of(127L, 128L, 300L, Long.MAX_VALUE, Long.MIN_VALUE, -1L));
  }

  /** Many rows of one of several shapes, in random order. */
  static List<Row> manyRows(int count, Shape shape, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return IntStream.range(0, count)
        .mapToObj(i -> Row.of(shape.key(i, random), random.nextInt(count)))
        .toList();
  }

  /** Shapes of keys, each of which takes the sort another way. */
  enum Shape {
    GRANTS {
      @Override
      String key(int i, SplittableRandom random) {
        return String.format(
            Locale.ROOT,
            "sync\0app-%d\0ent-%06d\0user-%08d\0grant-%010d\0",
            random.nextInt(5),
            random.nextInt(9),
            random.nextInt(100),
            random.nextInt(1 << 20));
      }
    },
    NUMBERS_OF_MANY_LENGTHS {
      @Override
      String key(int i, SplittableRandom random) {
        return "ent-" + (random.nextInt() >>> random.nextInt(32)) + "\0user-" + random.nextInt(20);
      }
    },
    ALL_EQUAL {
      @Override
      String key(int i, SplittableRandom random) {
        return "the same key, longer than any window that the sort looks at.".repeat(3);
      }
    },
    EMPTY {
      @Override
      String key(int i, SplittableRandom random) {
        return "";
      }
    },
    PREFIXES_OF_EACH_OTHER {
      @Override
      String key(int i, SplittableRandom random) {
        return "a".repeat(random.nextInt(300));
      }
    },
    ZEROS {
      @Override
      String key(int i, SplittableRandom random) {
        return "\0".repeat(random.nextInt(12)) + (random.nextInt(3) == 0 ? "\u00ff" : "");
      }
    },
    SORTED {
      @Override
      String key(int i, SplittableRandom random) {
        return String.format(Locale.ROOT, "grant-%08d", i);
      }
    },
    REVERSED {
      @Override
      String key(int i, SplittableRandom random) {
        return String.format(Locale.ROOT, "grant-%08d", 99_999_999 - i);
      }
    },
    SAWTOOTH {
      @Override
      String key(int i, SplittableRandom random) {
        return String.format(Locale.ROOT, "grant-%08d", i % 97);
      }
    },
    LATE_DIFFERENCE {
      @Override
      String key(int i, SplittableRandom random) {
        return "x".repeat(400) + (char) random.nextInt(256) + "y".repeat(130) + random.nextInt(30);
      }
    },
    MORE_DIGITS_THAN_FIT {
      @Override
      String key(int i, SplittableRandom random) {
        return String.format(
            Locale.ROOT,
            "a prefix that all keys have-%019d%019d",
            random.nextLong() >>> 1,
            random.nextLong() >>> 1);
      }
    },
    ALIKE_AT_FIRST {
      @Override
      String key(int i, SplittableRandom random) {
        return i < 100
            ? "0000000000000000" + i
            : String.format(Locale.ROOT, "%020d", random.nextLong() >>> 1);
      }
    },
    RANDOM_BYTES {
      @Override
      String key(int i, SplittableRandom random) {
        StringBuilder key = new StringBuilder();
        for (int length = random.nextInt(20); length > 0; length--) {
          key.append((char) random.nextInt(256));
        }
        return key.toString();
      }
    };

    abstract String key(int i, SplittableRandom random);
  }
}
