package dev.grantstore.microtests.encoding;

import com.google.errorprone.annotations.MustBeClosed;

/** Which encodings are compared. */
public enum EncodingKind {
  /** The whole grant in protobuf's JSON mapping, without blanks. */
  JSON("json", "whole grant, protobuf's JSON mapping"),
  /** The whole grant as one protobuf message. */
  PROTOBUF("protobuf", "whole grant, one protobuf message"),
  /** What the engine writes: a protobuf message of what the key does not say. */
  TRIMMED("trimmed", "what the key does not say: the engine's records"),
  /** The engine's record in a zstd frame of its own. */
  TRIMMED_ZSTD("trimmed+zstd", "the engine's record, one zstd frame each"),
  /** The same, with a dictionary trained on other grants. */
  TRIMMED_ZSTD_DICTIONARY("trimmed+zstd+dictionary", "the same, with a trained dictionary"),
  /** The whole message in a zstd frame, with a dictionary trained on other grants. */
  PROTOBUF_ZSTD_DICTIONARY(
      "protobuf+zstd+dictionary", "whole message, zstd with a trained dictionary");

  private final String label;
  private final String meaning;

  EncodingKind(String label, String meaning) {
    this.label = label;
    this.meaning = meaning;
  }

  /** {@return its name in tables} */
  public String label() {
    return label;
  }

  /** {@return what it is, in a few words} */
  public String meaning() {
    return meaning;
  }

  /**
   * {@return an encoding of this kind, which the caller closes}
   *
   * @param dictionaries used where the kind has one
   */
  @MustBeClosed
  public GrantEncoding open(Dictionaries dictionaries) {
    return switch (this) {
      case JSON -> new JsonEncoding();
      case PROTOBUF -> new ProtobufEncoding();
      case TRIMMED -> new TrimmedEncoding();
      case TRIMMED_ZSTD -> new ZstdEncoding(new TrimmedEncoding(), new byte[0]);
      case TRIMMED_ZSTD_DICTIONARY ->
          new ZstdEncoding(new TrimmedEncoding(), dictionaries.trimmed());
      case PROTOBUF_ZSTD_DICTIONARY ->
          new ZstdEncoding(new ProtobufEncoding(), dictionaries.protobuf());
    };
  }
}
