package dev.grantstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ClosingTest {
  private final List<String> closed = new ArrayList<>();

  @Test
  void anErrorDoesNotKeepTheRestFromBeingClosed() {
    AssertionError error = new AssertionError("first");
    IllegalStateException later = new IllegalStateException("second");
    List<AutoCloseable> all =
        List.of(
            () -> closed.add("a"),
            () -> {
              throw error;
            },
            () -> closed.add("b"),
            () -> {
              throw later;
            },
            () -> closed.add("c"));

    assertThatThrownBy(() -> Closing.all(all, "not closed"))
        .isSameAs(error)
        .satisfies(e -> assertThat(e.getSuppressed()).containsExactly(later));
    assertThat(closed).containsExactly("a", "b", "c");
  }

  @Test
  void whatFailedBeforeIsKeptAndAllThatIsThereByThenIsClosed() {
    IllegalStateException before = new IllegalStateException("before");
    IllegalStateException later = new IllegalStateException("later");
    List<AutoCloseable> all = new ArrayList<>();

    assertThatThrownBy(
            () -> {
              try (Closing.Together together = Closing.together(all, "not closed")) {
                assertThat(together).isNotNull();
                all.add(
                    () -> {
                      throw later;
                    });
                all.add(() -> closed.add("a"));
                throw before;
              }
            })
        .isSameAs(before)
        .satisfies(e -> assertThat(e.getSuppressed()).containsExactly(later));
    assertThat(closed).containsExactly("a");
  }
}
