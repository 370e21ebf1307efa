package dev.grantstore.equivalence.planted;

import dev.grantstore.GrantStore;
import dev.grantstore.equivalence.run.Subject;
import dev.grantstore.equivalence.workload.Settings;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Stores of another subject, with a bug in each; one planting for each run. */
final class PlantedSubject implements Subject {
  private final String name;
  private final Subject sound;
  private final Supplier<Planting> plantings;
  private Planting planting;
  private @Nullable GrantStore real;

  PlantedSubject(String name, Subject sound, Supplier<Planting> plantings) {
    this.name = name;
    this.sound = sound;
    this.plantings = plantings;
    this.planting = plantings.get();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public GrantStore open(Settings settings) {
    planting = plantings.get();
    planting.use(settings);
    return planting.open(keep(sound.open(settings)));
  }

  @Override
  public GrantStore reopen(GrantStore store, Settings settings) {
    if (isForgetful()) {
      return store;
    }
    GrantStore again = keep(sound.reopen(real(), settings));
    planting.use(settings);
    return planting.reopen(again);
  }

  @Override
  public GrantStore crash(GrantStore store, Settings settings) {
    if (isForgetful()) {
      return store;
    }
    GrantStore again = keep(sound.crash(real(), settings));
    planting.use(settings);
    return planting.crash(again);
  }

  @Override
  public GrantStore openReadOnly(GrantStore store) {
    return isForgetful() ? store : planting.openReadOnly(keep(sound.openReadOnly(real())));
  }

  @Override
  public Optional<GrantStore> checkpoint(GrantStore store) {
    return sound.checkpoint(store).map(copy -> planting.checkpoint(store, copy));
  }

  @Override
  public boolean isForgetful() {
    return sound.isForgetful();
  }

  @Override
  public boolean isKept() {
    return sound.isKept();
  }

  @Override
  public void finish(GrantStore store) {
    sound.finish(real());
  }

  @Override
  public void close() {
    sound.close();
  }

  private GrantStore keep(GrantStore store) {
    real = store;
    return store;
  }

  private GrantStore real() {
    return Objects.requireNonNull(real, "no store is open");
  }
}
