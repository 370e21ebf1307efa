package dev.grantstore.equivalence.planted;

import dev.grantstore.GrantReader;
import dev.grantstore.GrantStore;
import dev.grantstore.equivalence.run.Subject;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** One broken rule, to be planted into the stores of an engine. Immutable. */
public final class PlantedBug {
  private static final String MEMORY = "memory";
  private static final String ROCKSDB = "rocksdb";

  private final String name;
  private final String summary;
  private final String engine;
  private final Supplier<Planting> planting;

  private PlantedBug(String name, String summary, String engine, Supplier<Planting> planting) {
    this.name = name;
    this.summary = summary;
    this.engine = engine;
    this.planting = planting;
  }

  static PlantedBug overMemory(String name, String summary, UnaryOperator<GrantStore> bug) {
    return new PlantedBug(name, summary, MEMORY, () -> bug::apply);
  }

  /**
   * {@return this bug, striking one key, list or sync in {@link StrikeOnce#PLACES}; empty for one
   * that is about files or restarts}
   *
   * @param place which, from 0
   */
  Optional<PlantedBug> once(int place) {
    if (!engine.equals(MEMORY)) {
      return Optional.empty();
    }
    return Optional.of(
        overMemory(
            name + "-once-" + place,
            summary + ", for one of " + StrikeOnce.PLACES,
            StrikeOnce.at(place, sound -> planting.get().open(sound))));
  }

  /** {@return a bug in every read, of stores and of snapshots} */
  static PlantedBug inReads(String name, String summary, UnaryOperator<GrantReader> bug) {
    return overMemory(name, summary, store -> new BugStore(store, bug));
  }

  static PlantedBug overRocksDb(String name, String summary, Supplier<Planting> planting) {
    return new PlantedBug(name, summary, ROCKSDB, planting);
  }

  /** {@return its name, in kebab case} */
  public String name() {
    return name;
  }

  /** {@return what is wrong, in one line} */
  public String summary() {
    return summary;
  }

  /** {@return the scheme of the engine it is meant for} */
  public String engine() {
    return engine;
  }

  /**
   * {@return a subject whose stores have this bug}
   *
   * @param sound where the stores come from and go to; closed with the subject
   */
  public Subject in(Subject sound) {
    return new PlantedSubject(name, sound, planting);
  }

  /** {@return a store with this bug, for one run without reopening} */
  GrantStore in(GrantStore sound) {
    return planting.get().open(sound);
  }

  @Override
  public String toString() {
    return name;
  }
}
