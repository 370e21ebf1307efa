package dev.grantstore.equivalence.run;

import dev.grantstore.GrantStore;
import dev.grantstore.equivalence.workload.Settings;

/** A subject around another, for bugs of opening to be put in. */
public class WrappedSubject implements Subject {
  private final Subject real;

  /**
   * Wraps.
   *
   * @param real what all calls go to
   */
  public WrappedSubject(Subject real) {
    this.real = real;
  }

  @Override
  public String name() {
    return "wrong";
  }

  @Override
  public GrantStore open(Settings settings) {
    return real.open(settings);
  }

  @Override
  public GrantStore reopen(GrantStore store, Settings settings) {
    return real.reopen(store, settings);
  }

  @Override
  public GrantStore crash(GrantStore store, Settings settings) {
    return real.crash(store, settings);
  }

  @Override
  public GrantStore openReadOnly(GrantStore store) {
    return real.openReadOnly(store);
  }

  @Override
  public boolean isForgetful() {
    return real.isForgetful();
  }

  @Override
  public boolean isKept() {
    return real.isKept();
  }

  @Override
  public void finish(GrantStore store) {
    real.finish(store);
  }

  @Override
  public void close() {
    real.close();
  }
}
