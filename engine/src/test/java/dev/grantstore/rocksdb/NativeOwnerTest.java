package dev.grantstore.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class NativeOwnerTest {
  private final List<String> closed = new ArrayList<>();
  private final NativeOwner owner = new NativeOwner();

  @Test
  void releasesInReverse() {
    own("cache");
    own("options");
    own("database");

    owner.close();

    assertThat(closed).containsExactly("database", "options", "cache");
  }

  @Test
  void releasesEachOnce() {
    own("cache");

    owner.close();
    owner.close();

    assertThat(closed).containsExactly("cache");
  }

  @Test
  void releasesTheRestWhenOneFails() {
    own("cache");
    owner.own(
        () -> {
          throw new IllegalStateException("first");
        });
    owner.own(
        () -> {
          throw new java.io.IOException("second");
        });
    own("database");

    assertThatIllegalStateException()
        .isThrownBy(owner::close)
        .withMessage("a native object did not close")
        .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
    assertThat(closed).containsExactly("database", "cache");
    owner.close();
  }

  private void own(String name) {
    owner.own(() -> closed.add(name));
  }
}
