package dev.grantstore.equivalence.jqwik;

import dev.grantstore.equivalence.workload.Workload;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.providers.ArbitraryProvider;
import net.jqwik.api.providers.TypeUsage;

/** What a parameter {@code @ForAll Workload} is given: workloads of up to 200 operations. */
public final class WorkloadProvider implements ArbitraryProvider {
  private static final int MOST_OPS = 200;

  /** For jqwik, which finds it as a service. */
  public WorkloadProvider() {}

  @Override
  public boolean canProvideFor(TypeUsage type) {
    return type.isOfType(Workload.class);
  }

  @Override
  public Set<Arbitrary<?>> provideFor(TypeUsage type, SubtypeProvider subtypes) {
    return Set.of(WorkloadArbitrary.upTo(MOST_OPS));
  }
}
