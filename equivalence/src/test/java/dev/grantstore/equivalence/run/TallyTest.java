package dev.grantstore.equivalence.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.equivalence.check.Coverage;
import dev.grantstore.equivalence.check.Fact;
import dev.grantstore.equivalence.workload.Op;
import dev.grantstore.equivalence.workload.Row;
import dev.grantstore.equivalence.workload.Row.EntitlementIds;
import dev.grantstore.equivalence.workload.Row.PrincipalIds;
import dev.grantstore.equivalence.workload.Workload;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TallyTest {
  private static final Row ROW = new Row(0, new EntitlementIds(0, 0, 0), new PrincipalIds(0, 0), 0);

  @Test
  void whatWasDroppedIsNotAliveAnyMore() {
    Workload workload =
        new Workload(
            1,
            List.of("g"),
            List.of("s"),
            List.of(
                new Op.StartSync(0),
                new Op.Put(0, ROW),
                new Op.Put(0, ROW),
                new Op.Drop(0),
                new Op.StartSync(0),
                new Op.Delete(0, 0),
                new Op.Put(0, ROW)));

    Coverage done = Runner.observe(ForgetfulSubject.memory(), workload).coverage();

    assertThat(done.count(Fact.INSERT)).isEqualTo(2);
    assertThat(done.count(Fact.OVERWRITE)).isEqualTo(1);
    assertThat(done.count(Fact.EFFECTIVE_DELETE)).isZero();
  }
}
