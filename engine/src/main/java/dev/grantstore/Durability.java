package dev.grantstore;

/** What a write that has returned survives. Chosen per store; seal is durable in every mode. */
public enum Durability {
  /** Power loss. */
  SYNC,
  /** The process being killed. */
  WAL,
  /** Nothing before {@link GrantStore#seal} or {@link GrantStore#flush}. */
  BULK
}
