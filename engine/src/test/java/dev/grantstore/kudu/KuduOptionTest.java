package dev.grantstore.kudu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantstore.GrantStoreException;
import dev.grantstore.Reason;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class KuduOptionTest {
  @Test
  void aHistoryThatAWriterNeedsIsTheLeastOfANewTable() {
    assertThatThrownBy(() -> KuduOption.requireFitOfNew(Map.of("history_seconds", "59")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("history_seconds=59 least=60 lease_millis=15000");
    assertThatCode(() -> KuduOption.requireFitOfNew(Map.of("history_seconds", "60")))
        .doesNotThrowAnyException();
  }

  @Test
  void aLeaseThatIsTooLongForTheHistoryIsRefused() {
    Map<String, String> options = Map.of("lease_millis", "3600000", "history_seconds", "7229");

    assertThatThrownBy(() -> KuduOption.requireFitOfNew(options))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("history_seconds=7229 least=7230 lease_millis=3600000");
  }

  /** Its options are those of a new table, and it may be there. */
  @Test
  void whatIsAskedOfANewTableIsNotAskedBeforeItIsKnownThatThereIsNone() {
    assertThatCode(() -> KuduOption.check(Map.of("history_seconds", "7")))
        .doesNotThrowAnyException();
  }

  /** In the words of every engine. */
  @ParameterizedTest
  @CsvSource({
    "replica, 1, unknown engine option: \"replica\" known=",
    "replicas, one, engine option is not a whole number: replicas=\"one\"",
    "replicas, 8, engine option is out of range: replicas=8 least=0 most=7"
  })
  void anOptionThatIsNoneOfItsOwnIsRefused(String name, String value, String said) {
    assertThatThrownBy(() -> KuduOption.check(Map.of(name, value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(said);
  }

  @ParameterizedTest
  @CsvSource({"4,1000,2000", "20,5000,10000", "59,14750,29500", "60,15000,30000"})
  void whatNobodySetIsFittedToATablesHistory(long history, long lease, long timeout) {
    Map<String, String> fitted = KuduOption.fitted(history, Map.of("range_bytes", "5000"));

    KuduOption.requireFit(history, fitted);
    assertThat(KuduOption.LEASE_MILLIS.of(fitted)).isEqualTo(lease);
    assertThat(KuduOption.TIMEOUT_MILLIS.of(fitted)).isEqualTo(timeout);
    assertThat(fitted).containsEntry("range_bytes", "5000");
  }

  @Test
  void whatTheCallerSetStaysAndIsRefusedIfItDoesNotFit() {
    Map<String, String> fits = Map.of("timeout_millis", "9000");
    Map<String, String> tooLong = Map.of("timeout_millis", "9000", "lease_millis", "9000");

    assertThat(KuduOption.fitted(20, fits))
        .containsEntry("timeout_millis", "9000")
        .containsEntry("lease_millis", "5000");
    assertThat(KuduOption.fitted(20, tooLong)).isEqualTo(tooLong);
    assertUnsupported(20, tooLong, "history_seconds=20 least=27 lease_millis=9000");
    assertUnsupported(3, Map.of(), "history_seconds=3 least=4 lease_millis=1000");
  }

  private static void assertUnsupported(long history, Map<String, String> options, String said) {
    assertThatThrownBy(() -> KuduOption.requireFit(history, KuduOption.fitted(history, options)))
        .isInstanceOfSatisfying(
            GrantStoreException.class, e -> assertThat(e.reason()).isEqualTo(Reason.UNSUPPORTED))
        .hasMessageContaining(said);
  }
}
