package dev.grantstore.equivalence.planted;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The catalogue of planted bugs. */
public final class PlantedBugs {
  /** All of them, by kind: what is got wrong. */
  public static final Map<String, List<PlantedBug>> BY_KIND = byKind();

  /** All of them, kind after kind; no two with one name. */
  public static final List<PlantedBug> ALL =
      BY_KIND.values().stream().flatMap(List::stream).toList();

  /**
   * Those that are not about files and restarts, striking one key, one list or one sync of several,
   * in each place in turn.
   */
  public static final List<PlantedBug> STRIKING_ONCE =
      ALL.stream()
          .flatMap(
              bug ->
                  IntStream.range(0, StrikeOnce.PLACES)
                      .mapToObj(bug::once)
                      .flatMap(Optional::stream))
          .toList();

  private PlantedBugs() {}

  private static Map<String, List<PlantedBug>> byKind() {
    Map<String, List<PlantedBug>> kinds = new LinkedHashMap<>();
    kinds.put("index", IndexBugs.ALL);
    kinds.put("range", RangeBugs.ALL);
    kinds.put("order", OrderBugs.ALL);
    kinds.put("page", PageBugs.ALL);
    kinds.put("several", SeveralBugs.ALL);
    kinds.put("snapshot", SnapshotBugs.ALL);
    kinds.put("cursor", CursorBugs.ALL);
    kinds.put("write", WriteBugs.ALL);
    kinds.put("get", GetBugs.ALL);
    kinds.put("text", TextBugs.ALL);
    kinds.put("payload", PayloadBugs.ALL);
    kinds.put("expiry", ExpiryBugs.ALL);
    kinds.put("expire", ExpireBugs.ALL);
    kinds.put("sync", SyncBugs.ALL);
    kinds.put("load", LoadBugs.ALL);
    kinds.put("file", FileBugs.ALL);
    kinds.put("restart", RestartBugs.ALL);
    kinds.put("checkpoint", CheckpointBugs.ALL);
    return Collections.unmodifiableMap(kinds);
  }

  /**
   * {@return the bug of that name, if there is one}
   *
   * @param name in kebab case
   */
  public static Optional<PlantedBug> named(String name) {
    return Stream.concat(ALL.stream(), STRIKING_ONCE.stream())
        .filter(bug -> bug.name().equals(name))
        .findFirst();
  }
}
