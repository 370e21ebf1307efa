package dev.grantstore.equivalence.relation;

import dev.grantstore.equivalence.check.Oracle;
import dev.grantstore.equivalence.workload.Workload;

/** A way to vary workloads that stores must answer alike. Immutable. */
public sealed interface Relation
    permits OtherSettings,
        OtherBatches,
        InsertedUpkeep,
        InsertedCrash,
        IdleWrites,
        SwappedNeighbours,
        OtherPages,
        OtherLoading,
        PrefixedIds,
        OtherViews,
        BeforeSealing,
        EndlessGrants,
        ThroughContainers,
        OtherEngine {
  /** {@return what stands for it in signatures} */
  Oracle oracle();

  /**
   * {@return a variation of a workload; one that changes nothing if nothing in it can be varied}
   *
   * @param workload varied
   * @param chance decides where and how; the same gives the same variation
   */
  Variation vary(Workload workload, Chance chance);
}
