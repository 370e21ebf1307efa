package dev.grantstore.keyvalue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.EntitlementRef;
import dev.grantstore.Grant;
import dev.grantstore.PrincipalRef;
import dev.grantstore.Verification.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class HeldGrantsTest {
  private static final int LONG_ID = 30_000;

  private final HeldGrants held = new HeldGrants();

  @Test
  void aRowIsRightOnceAndTheSameAgainAnOrphan() {
    held.hold(grant("a", 1));

    assertThat(held.judge(grant("a", 1))).isEmpty();
    assertThat(held.judge(grant("a", 1))).contains(Kind.ORPHAN);
    assertThat(missing()).isEmpty();
  }

  @Test
  void aRowThatDiffersLeavesThePlaceToTheRightOne() {
    held.hold(grant("a", 1));

    assertThat(held.judge(grant("a", 2))).contains(Kind.DIFFERENT);
    assertThat(held.judge(grant("a", 1))).isEmpty();
    assertThat(held.judge(grant("a", 3))).contains(Kind.DIFFERENT);
  }

  @Test
  void whatHasNoRowIsMissingAndWhatHasAnotherIsNot() {
    held.hold(grant("a", 1));
    held.hold(grant("b", 1));

    assertThat(held.judge(grant("b", 2))).contains(Kind.DIFFERENT);
    assertThat(held.judge(grant("c", 1))).contains(Kind.ORPHAN);
    assertThat(missing()).containsExactly("a");
  }

  @Test
  void idsThatAreLongAreHeldOnlySoFar() {
    int most = (int) (HeldGrants.MOST_ID_CHARS / LONG_ID);
    for (int i = 0; i < most; i++) {
      held.hold(grant(longId(i), 1));
    }
    assertThat(held.isPart()).isFalse();
    held.hold(grant(longId(most), 1));

    assertThat(held.isPart()).isTrue();
    assertThat(held.size()).isEqualTo(most);
    assertThat(held.judge(grant(longId(most), 1))).isEmpty();
    assertThat(held.judge(grant(longId(0), 2))).contains(Kind.DIFFERENT);
  }

  @Test
  void grantsAreHeldOnlySoFar() {
    for (int i = 0; i <= HeldGrants.MOST_GRANTS; i++) {
      assertThat(held.isPart()).isFalse();
      held.hold(grant("g" + i, 1));
    }

    assertThat(held.isPart()).isTrue();
    assertThat(held.size()).isEqualTo(HeldGrants.MOST_GRANTS);
  }

  private List<String> missing() {
    List<String> missing = new ArrayList<>();
    held.missing(missing::add);
    return missing;
  }

  private static String longId(int number) {
    return "x".repeat(LONG_ID - 6) + (100_000 + number);
  }

  private static Grant grant(String id, int second) {
    return Grant.of(
        id,
        new EntitlementRef("t", "r", "e"),
        new PrincipalRef("user", "u"),
        Instant.ofEpochSecond(second));
  }
}
