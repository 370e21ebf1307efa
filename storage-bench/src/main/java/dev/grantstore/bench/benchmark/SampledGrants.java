package dev.grantstore.bench.benchmark;

import dev.grantstore.ContentDigest;
import dev.grantstore.EntitlementRef;
import dev.grantstore.PrincipalRef;
import dev.grantstore.fixture.manifest.KeySample.GrantKey;
import java.util.List;

/** The grants whose keys the fixture sampled. Immutable. */
public final class SampledGrants implements AskedGrants {
  private final List<GrantKey> keys;

  /**
   * Takes the keys.
   *
   * @param keys at least one
   */
  public SampledGrants(List<GrantKey> keys) {
    this.keys = List.copyOf(keys);
  }

  @Override
  public int count() {
    return keys.size();
  }

  @Override
  public String id(int number) {
    return keys.get(number).id();
  }

  @Override
  public PrincipalRef principal(int number) {
    return keys.get(number).principal();
  }

  @Override
  public EntitlementRef entitlement(int number) {
    return keys.get(number).entitlement();
  }

  @Override
  public ContentDigest digest(int number) {
    return keys.get(number).digest();
  }
}
