package dev.grantstore.equivalence.relation;

import dev.grantstore.GrantStore;
import dev.grantstore.equivalence.check.Divergence;
import dev.grantstore.equivalence.run.Runner;
import dev.grantstore.equivalence.run.Subject;
import dev.grantstore.equivalence.run.WrappedSubject;
import dev.grantstore.equivalence.workload.Settings;
import dev.grantstore.equivalence.workload.Workload;
import java.util.Optional;

/** Copies what a run leaves to another store, when it ends. */
final class CopyingSubject extends WrappedSubject {
  private final Subject copies;
  private final Workload workload;
  private Optional<Divergence> found = Optional.empty();

  private CopyingSubject(Subject real, Subject copies, Workload workload) {
    super(real);
    this.copies = copies;
    this.workload = workload;
  }

  /** {@return how the copy differs from what the workload leaves} */
  static Optional<Divergence> first(Workload workload, Subject from, Subject to) {
    CopyingSubject copying = new CopyingSubject(from, to, workload);
    return Runner.run(copying, workload).contradiction().or(() -> copying.found);
  }

  @Override
  public void finish(GrantStore store) {
    GrantStore copy = copies.open(Settings.DEFAULTS);
    found = SyncCopies.first(copies.name(), workload, store, copy);
    copies.finish(copy);
    super.finish(store);
  }
}
