package dev.grantstore.bench.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantstore.GrantStoreException;
import dev.grantstore.OpenMode;
import dev.grantstore.StoreOptions;
import dev.grantstore.bench.testengine.NamedEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nobody else removes what is left in somebody's cluster. */
final class ClusterScratchTest {
  private static final StoreOptions OPTIONS = StoreOptions.of(OpenMode.READ_ONLY);

  @Test
  void whatIsWrittenToGoesWhoeverBreaksOff() {
    assertThatThrownBy(
            () -> {
              try (ClusterScratch scratch = new ClusterScratch("named:left/x", OPTIONS)) {
                scratch.open();
                assertThat(NamedEngine.names()).anyMatch(ClusterScratchTest::isScratch);
                throw new IllegalStateException("broken off");
              }
            })
        .hasMessage("broken off");

    assertThat(NamedEngine.names()).noneMatch(ClusterScratchTest::isScratch);
  }

  @ParameterizedTest
  @ValueSource(strings = {"open", "close"})
  void whatDoesNotOpenOrCloseGoesToo(String step) {
    StoreOptions failing = OPTIONS.withEngineOption("fails", step);

    assertThatThrownBy(
            () -> {
              try (ClusterScratch scratch = new ClusterScratch("named:left/x", failing)) {
                scratch.open();
              }
            })
        .isInstanceOf(GrantStoreException.class)
        .hasMessageContaining("fails as it was told: " + step);

    assertThat(NamedEngine.names()).noneMatch(ClusterScratchTest::isScratch);
  }

  private static boolean isScratch(String name) {
    return name.startsWith("left/x-scratch-");
  }
}
