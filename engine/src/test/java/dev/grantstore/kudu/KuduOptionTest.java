package dev.grantstore.kudu;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class KuduOptionTest {
  @Test
  void aHistoryThatAWriterNeedsIsTheLeast() {
    assertThatThrownBy(() -> KuduOption.check(Map.of("history_seconds", "59")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("history_seconds=59 least=60 lease_millis=15000");
    assertThatCode(() -> KuduOption.check(Map.of("history_seconds", "60")))
        .doesNotThrowAnyException();
  }

  @Test
  void aLeaseThatIsTooLongForTheHistoryIsRefused() {
    Map<String, String> options = Map.of("lease_millis", "3600000", "history_seconds", "7229");

    assertThatThrownBy(() -> KuduOption.check(options))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("history_seconds=7229 least=7230 lease_millis=3600000");
  }
}
