package dev.grantstore.codec;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import dev.grantstore.Annotation;
import dev.grantstore.Bytes;
import dev.grantstore.Expansion;
import dev.grantstore.GrantSource;
import dev.grantstore.IdField;
import dev.grantstore.Utf8View;
import dev.grantstore.codec.proto.GrantRecord;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * What a grant has besides ids, time and flag: fields 7 to 9 of {@code GrantRecord}. Immutable.
 *
 * @param expansion how it is to be expanded, if at all
 * @param sources where it comes from
 * @param annotations what the connector attached
 */
public record GrantDetails(
    Optional<Expansion> expansion, List<GrantSource> sources, List<Annotation> annotations) {
  private static final GrantDetails NONE = new GrantDetails(Optional.empty(), List.of(), List.of());

  /**
   * {@return what the fields hold}
   *
   * @param bytes holds the fields; others of a grant may stand beside them
   * @param offset where they start
   * @param length their length
   * @throws MalformedBytesException if they do not decode, or hold unknown fields
   */
  public static GrantDetails read(byte[] bytes, int offset, int length)
      throws MalformedBytesException {
    if (length == 0) {
      return NONE;
    }
    try {
      GrantRecord record = GrantRecord.parseFrom(ByteBuffer.wrap(bytes, offset, length));
      requireKnown(record.getUnknownFields());
      requireKnown(record.getExpansion().getUnknownFields());
      record.getSourcesList().forEach(source -> requireKnown(source.getUnknownFields()));
      record.getAnnotationsList().forEach(a -> requireKnown(a.getUnknownFields()));
      return new GrantDetails(
          record.hasExpansion() ? Optional.of(expansion(record)) : Optional.empty(),
          sources(record),
          annotations(record));
    } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
      throw new MalformedBytesException("value is not a grant: " + e.getMessage(), e);
    }
  }

  /**
   * {@return an id as text}
   *
   * @param view its bytes
   * @param field which id, for the error
   * @throws MalformedBytesException if it is not UTF-8
   */
  public static String text(Utf8View view, IdField field) throws MalformedBytesException {
    String text = view.toString();
    if (text.indexOf('\ufffd') >= 0 && !view.contentEquals(text.getBytes(StandardCharsets.UTF_8))) {
      throw new MalformedBytesException("id is not UTF-8: " + field, 0);
    }
    return text;
  }

  private static void requireKnown(UnknownFieldSet fields) {
    if (!fields.asMap().isEmpty()) {
      throw new IllegalArgumentException("unknown field inside of a field");
    }
  }

  private static Expansion expansion(GrantRecord record) {
    return new Expansion(
        List.copyOf(record.getExpansion().getEntitlementIdsList()),
        record.getExpansion().getShallow(),
        List.copyOf(record.getExpansion().getResourceTypeIdsList()));
  }

  private static List<GrantSource> sources(GrantRecord record) {
    return record.getSourcesList().stream()
        .map(
            s ->
                new GrantSource(
                    s.getSourceId(),
                    s.getResourceType(),
                    s.getResource(),
                    s.getEntitlement(),
                    s.getDirect()))
        .toList();
  }

  private static List<Annotation> annotations(GrantRecord record) {
    return record.getAnnotationsList().stream()
        .map(a -> new Annotation(a.getTypeUrl(), Bytes.copyOf(a.getValue().toByteArray())))
        .toList();
  }
}
