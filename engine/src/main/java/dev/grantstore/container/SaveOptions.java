package dev.grantstore.container;

import dev.grantstore.BulkLoadOptions;
import java.util.Objects;

/**
 * How a container is saved. Immutable; start from {@link #defaults}.
 *
 * @param existing what to do if the target is there
 * @param sorting memory and threads for sorting rows, where a store does not give them sorted
 */
public record SaveOptions(Existing existing, BulkLoadOptions sorting) {
  /** What to do if the target is there. */
  public enum Existing {
    /** Say {@link dev.grantstore.Reason#STORE_EXISTS}. */
    REFUSE,
    /** Put the new one in its place once that is whole. */
    REPLACE
  }

  /** Refuses null. */
  public SaveOptions {
    Objects.requireNonNull(existing, "existing");
    Objects.requireNonNull(sorting, "sorting");
  }

  /** {@return to refuse a target that is there, and use the machine as a bulk load does} */
  public static SaveOptions defaults() {
    return new SaveOptions(Existing.REFUSE, BulkLoadOptions.defaults());
  }

  /** {@return these options, for a target that may be there} */
  public SaveOptions replacing() {
    return new SaveOptions(Existing.REPLACE, sorting);
  }

  /**
   * {@return these options with another share of the machine}
   *
   * @param other memory and threads
   */
  public SaveOptions withSorting(BulkLoadOptions other) {
    return new SaveOptions(existing, other);
  }
}
