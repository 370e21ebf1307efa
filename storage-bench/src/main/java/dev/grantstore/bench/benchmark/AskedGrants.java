package dev.grantstore.bench.benchmark;

import dev.grantstore.ContentDigest;
import dev.grantstore.EntitlementRef;
import dev.grantstore.PrincipalRef;

/** Grants of a sync that single-row benchmarks ask for, made before the clock. Thread-safe. */
public interface AskedGrants {
  /** {@return how many} */
  int count();

  /**
   * {@return the id of one}
   *
   * @param number from 0
   */
  String id(int number);

  /**
   * {@return who holds it}
   *
   * @param number from 0
   */
  PrincipalRef principal(int number);

  /**
   * {@return what is held}
   *
   * @param number from 0
   */
  EntitlementRef entitlement(int number);

  /**
   * {@return the digest of all its fields; may take long, so ask outside the clock}
   *
   * @param number from 0
   */
  ContentDigest digest(int number);
}
