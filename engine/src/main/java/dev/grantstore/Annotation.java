package dev.grantstore;

/**
 * Something a connector attached to a grant; its bytes are opaque and come back as they went in.
 *
 * @param typeUrl what the bytes are; may be empty
 * @param value the bytes
 */
public record Annotation(String typeUrl, Bytes value) {
  /** Refuses a type url that cannot be stored faithfully. */
  public Annotation {
    Ids.check("annotation type url", typeUrl);
    java.util.Objects.requireNonNull(value, "annotation value");
  }
}
