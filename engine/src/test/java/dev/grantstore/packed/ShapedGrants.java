package dev.grantstore.packed;

import dev.grantstore.Annotation;
import dev.grantstore.Bytes;
import dev.grantstore.EntitlementRef;
import dev.grantstore.Expansion;
import dev.grantstore.Grant;
import dev.grantstore.GrantSource;
import dev.grantstore.PrincipalRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.IntFunction;

/** Grants whose fields have the shapes that pages have forms for, and those next to them. */
public final class ShapedGrants {
  private final SplittableRandom random;

  public ShapedGrants(long seed) {
    random = new SplittableRandom(seed);
  }

  public List<Grant> some(int count) {
    IntFunction<String> ids = ids();
    IntFunction<String> types = ids();
    IntFunction<String> resources = ids();
    IntFunction<String> entitlements = ids();
    IntFunction<String> principals = ids();
    IntFunction<Instant> times = times();
    IntFunction<Instant> ends = times();
    int expiring = random.nextInt(4);
    int concatenated = random.nextInt(4);
    int needing = random.nextInt(3);
    int detailed = random.nextInt(4);
    List<Grant> grants = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < count; i++) {
      String type = types.apply(i);
      String resource = resources.apply(i);
      String entitlement =
          concatenated > 1
              ? type + ":" + resource + ":" + entitlements.apply(i)
              : entitlements.apply(i);
      String principal = principals.apply(i);
      String id =
          concatenated == 1 || concatenated == 3
              ? entitlement + "/" + principal + (i % 5 == 0 ? "" : "#" + i)
              : ids.apply(i);
      if (!id.isEmpty() && seen.add(id)) {
        grants.add(
            new Grant(
                id,
                new EntitlementRef(type, resource, entitlement),
                new PrincipalRef(types.apply(i / 2), principal),
                times.apply(i),
                needing == 1 || (needing == 2 && random.nextInt(3) == 0),
                detailed > 1 && i % 3 == 0
                    ? Optional.of(new Expansion(List.of("e" + i % 2), i % 2 == 0, List.of()))
                    : Optional.empty(),
                detailed == 3 ? List.of(new GrantSource("s", "t", "r" + i, "", true)) : List.of(),
                detailed > 2
                    ? List.of(new Annotation("u", Bytes.copyOf(new byte[i % 40])))
                    : List.of(),
                expiring == 1 || (expiring > 1 && random.nextInt(expiring * expiring) == 0)
                    ? Optional.of(ends.apply(i))
                    : Optional.empty()));
      }
    }
    return grants;
  }

  private IntFunction<String> ids() {
    int shape = random.nextInt(9);
    String prefix = random.nextBoolean() ? "" : "p" + random.nextInt(20) + "-";
    int width = 1 + random.nextInt(18);
    int several = 1 + random.nextInt(40);
    long step = random.nextInt(-3, 50);
    long from = random.nextInt(3) == 0 ? power(width) - 40 : random.nextLong(power(width));
    return switch (shape) {
      case 0 -> i -> prefix;
      case 1 -> i -> prefix + digits(Math.floorMod(from + i * step, power(width)), width);
      case 2 -> i -> prefix + digits(random.nextLong(power(width)), width);
      case 3 -> i -> prefix + i;
      case 4 -> i -> prefix + hex(width, random.nextLong());
      case 5 -> i -> prefix + hex(width, (i % several) * 0x9E3779B97F4A7C15L);
      case 6 -> i -> text(random.nextInt(6));
      case 7 -> i -> prefix + digits(i % several, 3);
      default -> i -> prefix + "x".repeat(random.nextInt(30)) + text(2);
    };
  }

  private IntFunction<Instant> times() {
    long step = random.nextLong(-5, 100);
    long from = random.nextLong(-4_000_000_000L, 4_000_000_000L);
    return switch (random.nextInt(6)) {
      case 0 -> i -> Instant.ofEpochSecond(from);
      case 1 -> i -> Instant.ofEpochSecond(from + i * step);
      case 2 -> i -> Instant.ofEpochMilli(from + i * step);
      case 3 -> i -> Instant.ofEpochSecond(from, random.nextInt(1_000_000) * 1_000L);
      case 4 -> i -> Instant.ofEpochSecond(from + i, random.nextInt(1_000_000_000));
      default -> i -> i % 2 == 0 ? Instant.MIN.plusNanos(i) : Instant.MAX.minusSeconds(i);
    };
  }

  /** Any characters, those that keys escape above all. */
  private String text(int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      int kind = random.nextInt(6);
      text.appendCodePoint(
          kind < 2 ? kind : kind == 2 ? 0x1F525 : kind == 3 ? 0xE9 : 'a' + random.nextInt(3));
    }
    return text.toString();
  }

  private static String digits(long number, int width) {
    return String.format(Locale.ROOT, "%0" + width + "d", number);
  }

  private static String hex(int digits, long number) {
    String hex = String.format(Locale.ROOT, "%016x%016x", number, ~number);
    return hex.substring(0, digits);
  }

  private static long power(int width) {
    return Math.round(Math.pow(10, width));
  }
}
