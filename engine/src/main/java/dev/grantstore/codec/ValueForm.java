package dev.grantstore.codec;

/** How the value of a grant's row is written; both are read wherever they stand. */
public enum ValueForm {
  /** For files that have checksums of their own. */
  PLAIN(1),
  /** With a checksum over key and value at the end. */
  CHECKED(2);

  private final byte version;

  ValueForm(int version) {
    this.version = (byte) version;
  }

  byte version() {
    return version;
  }
}
