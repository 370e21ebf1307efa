package dev.grantstore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SuggestionTest {
  private static final List<String> ENGINES =
      List.of("rocksdb", "sqlite", "lmdb", "mvstore", "memory");

  @ParameterizedTest
  @CsvSource({
    "rockdb, rocksdb", "RocksDB, rocksdb", "rocks, rocksdb", "sqllite, sqlite", "slqite, sqlite",
    "lmbd, lmdb", "mvstor, mvstore", "m, ''", "granite, ''", "'', ''",
  })
  void namesThatAreNearAreSuggested(String typed, String meant) {
    String expected =
        meant.isEmpty() ? "" : String.format(Locale.ROOT, "; did you mean %s?", meant);
    assertThat(Suggestion.of(typed, ENGINES)).isEqualTo(expected);
  }

  @Test
  void allThatAreEquallyNearAreSuggested() {
    assertThat(Suggestion.of("G9", List.of("G1", "G2", "Check")))
        .isEqualTo("; did you mean G1 or G2?");
    assertThat(Suggestion.of("x".repeat(100_000), ENGINES)).isEmpty();
  }
}
