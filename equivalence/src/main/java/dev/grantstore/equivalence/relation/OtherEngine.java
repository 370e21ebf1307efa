package dev.grantstore.equivalence.relation;

import dev.grantstore.equivalence.check.Oracle;
import dev.grantstore.equivalence.workload.Workload;

/**
 * R13: the same workload on another engine.
 *
 * <p>The contract says all that a store answers, so two stores that keep it answer alike, and
 * neither has to be the one that is right. Where they differ, one of them breaks the contract, or
 * it leaves something open; a third engine's vote tells which.
 */
final class OtherEngine implements Relation {
  @Override
  public Oracle oracle() {
    return Oracle.R13;
  }

  @Override
  public Variation vary(Workload workload, Chance chance) {
    return Variation.none(oracle(), workload);
  }
}
