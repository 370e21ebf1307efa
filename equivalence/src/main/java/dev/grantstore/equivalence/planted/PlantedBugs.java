package dev.grantstore.equivalence.planted;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The catalogue of planted bugs. */
public final class PlantedBugs {
  /** All of them, by topic; no two with one name. */
  public static final List<PlantedBug> ALL =
      Stream.of(
              IndexBugs.ALL,
              RangeBugs.ALL,
              OrderBugs.ALL,
              PageBugs.ALL,
              SnapshotBugs.ALL,
              CursorBugs.ALL,
              WriteBugs.ALL,
              GetBugs.ALL,
              TextBugs.ALL,
              PayloadBugs.ALL,
              SyncBugs.ALL,
              LoadBugs.ALL,
              FileBugs.ALL,
              RestartBugs.ALL)
          .flatMap(List::stream)
          .toList();

  private PlantedBugs() {}

  /**
   * {@return the bug of that name, if there is one}
   *
   * @param name in kebab case
   */
  public static Optional<PlantedBug> named(String name) {
    return ALL.stream().filter(bug -> bug.name().equals(name)).findFirst();
  }
}
