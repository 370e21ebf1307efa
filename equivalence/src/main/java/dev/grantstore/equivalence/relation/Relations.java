package dev.grantstore.equivalence.relation;

import dev.grantstore.equivalence.check.Oracle;
import java.util.List;

/** The relations there are. */
public final class Relations {
  /** Those that hold between two runs on one engine. */
  public static final List<Relation> OF_ONE_ENGINE =
      List.of(
          new OtherSettings(),
          new OtherBatches(),
          new InsertedUpkeep(),
          new InsertedCrash(),
          new IdleWrites(),
          new SwappedNeighbours(),
          new OtherPages(),
          new OtherLoading(),
          new PrefixedIds(),
          new OtherViews(),
          new BeforeSealing(),
          new EndlessGrants(),
          new ThroughContainers());

  /** That of two engines, which varies no workload. */
  public static final Relation OTHER_ENGINE = new OtherEngine();

  private Relations() {}

  /**
   * {@return the relation that a signature names}
   *
   * @param oracle R1 to R16
   * @throws IllegalArgumentException for one that is no relation
   */
  public static Relation of(Oracle oracle) {
    if (oracle == OTHER_ENGINE.oracle()) {
      return OTHER_ENGINE;
    }
    return OF_ONE_ENGINE.stream()
        .filter(relation -> relation.oracle() == oracle)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("oracle is not a relation: " + oracle));
  }
}
