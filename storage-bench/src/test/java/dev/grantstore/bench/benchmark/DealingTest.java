package dev.grantstore.bench.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.grantstore.EntitlementRef;
import dev.grantstore.Grant;
import dev.grantstore.PrincipalRef;
import dev.grantstore.bench.measure.AnswerKey;
import dev.grantstore.bench.measure.Halt;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How grants are dealt to sources, to threads, and what their questions are expected to say. */
final class DealingTest {
  private static final int DEALT = 20_000;

  @ParameterizedTest
  @EnumSource(SourceSizes.class)
  void eachSourceGetsItsShare(SourceSizes sizes) {
    for (int sources = 1; sources <= 12; sources++) {
      SourceSizes.Dealing dealing = sizes.among(sources);
      // Far beyond int as well as from the start.
      for (long from : new long[] {0, (1L << 31) - DEALT / 2}) {
        int[] got = new int[sources];
        for (long grant = from; grant < from + DEALT; grant++) {
          got[dealing.sourceOf(grant)]++;
        }
        for (int source = 0; source < sources; source++) {
          assertThat((double) got[source])
              .as("%s: source %d of %d", sizes, source, sources)
              .isCloseTo(DEALT * share(sizes, source, sources), within(10.0));
        }
      }
    }
  }

  private static double share(SourceSizes sizes, int source, int sources) {
    return switch (sizes) {
      case SAME -> 1.0 / sources;
      case SKEWED -> {
        double all = 0;
        for (int i = 1; i <= sources; i++) {
          all += 1.0 / i;
        }
        yield 1.0 / (source + 1) / all;
      }
      case FULL_AND_SMALL -> (source == 0 ? 81.0 : 1.0) / (80 + sources);
    };
  }

  /** Each grant is in one part, in its order, also where there are more parts than grants. */
  @Test
  void whatIsHeldIsDealtToPartsWithoutALossOrAnOverlap() {
    for (int grants = 0; grants <= 7; grants++) {
      GrantFeed held = HeldFeed.ifItFits(new Feed(grants), grants, new Halt());
      assertThat(held).isInstanceOf(HeldFeed.class);
      for (int parts = 1; parts <= 9; parts++) {
        List<String> all = new ArrayList<>();
        for (int part = 0; part < parts; part++) {
          int before = all.size();
          held.part(part, parts, grant -> all.add(grant.id()));
          assertThat(all.size() - before).isBetween(grants / parts, (grants + parts - 1) / parts);
        }
        assertThat(all).isEqualTo(ids(grants));
      }
      List<String> few = new ArrayList<>();
      held.part(
          0,
          1,
          grant -> {
            few.add(grant.id());
            return few.size() < 3;
          });
      assertThat(few).isEqualTo(ids(Math.min(3, grants)));
    }
  }

  @Test
  void whatDoesNotFitIsNotHeld() {
    Feed feed = new Feed(1);

    assertThat(HeldFeed.ifItFits(feed, 1L << 40, new Halt())).isSameAs(feed);
    assertThat(HeldFeed.ifItFits(feed, Long.MAX_VALUE, new Halt())).isSameAs(feed);
  }

  @Test
  void meanRowsAreOfHitsAloneAndRounded() {
    assertThat(key(0, 9, 9).meanRows()).isZero();
    assertThat(key(1, 7, 9).meanRows()).isEqualTo(7);
    assertThat(key(2, 1, 2, 100).meanRows()).isEqualTo(2);
    assertThat(key(3, 1, 1, 2).meanRows()).isEqualTo(1);
    long large = 1L << 32;
    assertThat(key(2, large, large + 2, 0).meanRows()).isEqualTo(large + 1);
  }

  @Test
  void otherAnswersKeepTheRowsAndWhereMissesBegin() {
    AnswerKey other = key(2, 5, 6, 7).withAnswers(-1, -2);

    assertThat(other.size()).isEqualTo(3);
    assertThat(other.firstMiss()).isEqualTo(2);
    assertThat(List.of(other.answer(0), other.answer(1), other.answer(2)))
        .containsExactly(-1L, -1L, -2L);
    assertThat(List.of(other.rows(0), other.rows(1), other.rows(2))).containsExactly(5L, 6L, 7L);
  }

  @Test
  void keysThatDoNotFitAreRefused() {
    for (int firstMiss : new int[] {-1, 3}) {
      Assertions.assertThatIllegalArgumentException().isThrownBy(() -> key(firstMiss, 1, 2));
    }
    Assertions.assertThatIllegalArgumentException()
        .isThrownBy(() -> new AnswerKey(new long[2], new long[1], 0));
    assertThat(key(2, 1, 2).firstMiss()).isEqualTo(2);
    assertThat(key(0).size()).isZero();
  }

  private static AnswerKey key(int firstMiss, long... rows) {
    return new AnswerKey(new long[rows.length], rows, firstMiss);
  }

  private static List<String> ids(int grants) {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < grants; i++) {
      ids.add("g" + i);
    }
    return ids;
  }

  private record Feed(int grants) implements GrantFeed {
    @Override
    public void part(int part, int parts, Predicate<Grant> taker) {
      for (String id : ids(grants)) {
        EntitlementRef entitlement = new EntitlementRef("", "", "e");
        if (!taker.test(Grant.of(id, entitlement, new PrincipalRef("", "p"), Instant.EPOCH))) {
          return;
        }
      }
    }

    @Override
    public FeedSource source() {
      throw new UnsupportedOperationException();
    }
  }
}
