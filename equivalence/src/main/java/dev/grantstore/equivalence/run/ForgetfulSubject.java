package dev.grantstore.equivalence.run;

import dev.grantstore.GrantStore;
import dev.grantstore.GrantStores;
import dev.grantstore.OpenMode;
import dev.grantstore.StoreOptions;
import dev.grantstore.equivalence.workload.Settings;
import java.nio.file.Path;
import java.util.function.Supplier;

/** Stores that are empty when opened and gone when closed. */
public final class ForgetfulSubject implements Subject {
  private final String name;
  private final Supplier<GrantStore> stores;

  private ForgetfulSubject(String name, Supplier<GrantStore> stores) {
    this.name = name;
    this.stores = stores;
  }

  /** {@return the memory engine, which the others are judged by} */
  public static Subject memory() {
    return of(
        "memory", () -> GrantStores.open("memory:", StoreOptions.of(OpenMode.OPEN_OR_CREATE)));
  }

  /**
   * {@return a subject}
   *
   * @param name for reports
   * @param stores gives a new and empty store each time
   */
  public static Subject of(String name, Supplier<GrantStore> stores) {
    return new ForgetfulSubject(name, stores);
  }

  /**
   * {@return an engine that keeps nothing when it is closed}
   *
   * @param scheme the engine's
   * @param folder where it may put what it needs while open
   */
  public static Subject of(String scheme, Path folder) {
    String address = GrantStores.address(scheme, folder.resolve("store"));
    return of(scheme, () -> GrantStores.open(address, StoreOptions.of(OpenMode.OPEN_OR_CREATE)));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public GrantStore open(Settings settings) {
    return stores.get();
  }

  @Override
  public GrantStore reopen(GrantStore store, Settings settings) {
    return store;
  }

  @Override
  public GrantStore crash(GrantStore store, Settings settings) {
    return store;
  }

  @Override
  public GrantStore openReadOnly(GrantStore store) {
    return store;
  }

  @Override
  public boolean isForgetful() {
    return true;
  }

  @Override
  public boolean isKept() {
    return false;
  }

  @Override
  public void finish(GrantStore store) {
    store.close();
  }

  @Override
  public void close() {}
}
