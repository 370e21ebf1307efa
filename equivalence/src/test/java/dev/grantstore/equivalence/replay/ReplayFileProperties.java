package dev.grantstore.equivalence.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.equivalence.workload.Workload;
import dev.grantstore.equivalence.workload.WorkloadGenerator;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

final class ReplayFileProperties {
  @Property(tries = 300, seed = "1")
  void whatIsWrittenIsParsedAgain(@ForAll long seed) {
    Workload workload = WorkloadGenerator.upTo(60).generate(seed);
    ReplayFile file =
        new ReplayFile(List.of("a remark", ""), workload, Optional.of("O1/put/refusal"));

    assertThat(ReplayFile.parse(file.text())).isEqualTo(file);
    assertThat(ReplayFile.parse(ReplayFile.passing(workload).text()).workload())
        .isEqualTo(workload);
  }

  @Property(tries = 300, seed = "2")
  void everyTextIsEncodedAndDecoded(@ForAll("texts") String text) throws PercentText.Malformed {
    String encoded = PercentText.encode(text);

    assertThat(encoded).matches("[ !#-~]*");
    assertThat(PercentText.decode(encoded)).isEqualTo(text);
  }

  @Provide
  Arbitrary<String> texts() {
    Arbitrary<String> codePoint =
        Arbitraries.integers()
            .between(0, Character.MAX_CODE_POINT)
            .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
            .map(Character::toString);
    return Arbitraries.oneOf(codePoint, Arbitraries.of("a", "%", "\"", "\u0000", "x".repeat(40)))
        .list()
        .ofMaxSize(12)
        .map(parts -> String.join("", parts));
  }
}
