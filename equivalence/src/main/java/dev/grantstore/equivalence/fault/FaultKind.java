package dev.grantstore.equivalence.fault;

import java.util.List;

/** Which kind of fault. */
public enum FaultKind {
  /** Bytes of a file are others. */
  DAMAGE(
      "engine",
      "cases",
      "refused",
      "right",
      "last writes only",
      "ROW bytes",
      "PAGE of rows",
      "SILENT",
      "RAW error",
      "HANG",
      "DEAD"),
  /** A file is gone, empty, from before, or another store's. */
  LOSS(
      "engine",
      "cases",
      "refused",
      "right",
      "last writes only",
      "SILENT",
      "RAW error",
      "HANG",
      "DEAD"),
  /** The process that writes is killed. */
  KILL(
      "engine",
      "cases",
      "killed in",
      "acknowledged calls",
      "right, all or all but the last call",
      "UNAVAILABLE",
      "SILENT",
      "RAW error",
      "HANG",
      "DEAD");

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<String> columns;

  FaultKind(String... columns) {
    this.columns = List.of(columns);
  }

  /** {@return the columns of the table} */
  public List<String> columns() {
    return columns;
  }
}
