package dev.grantstore.codec;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.grantstore.Bytes;
import dev.grantstore.Ids;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Encodes any generated protobuf message by its descriptor, resolved once. Immutable. */
final class MessageCodec implements TupleCodec<Message> {
  private final Message empty;
  private final Field[] fields;

  /** One field; {@code nested} is there exactly where the kind is NESTED. */
  private record Field(
      FieldDescriptor descriptor, ElementKind kind, @Nullable MessageCodec nested) {}

  private MessageCodec(Message empty, Field[] fields) {
    this.empty = empty;
    this.fields = fields;
  }

  static TupleCodec<?> of(Class<? extends Message> type) {
    Message empty;
    try {
      empty = (Message) type.getMethod("getDefaultInstance").invoke(null);
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(
          "type cannot be a key, it is not a generated message: " + type.getName(), e);
    }
    return of(Objects.requireNonNull(empty, "default instance"), new HashSet<>());
  }

  @Override
  public void encode(Message message, TupleWriter out) {
    if (!message.getUnknownFields().isEmpty()) {
      throw new IllegalArgumentException(
          "message has unknown fields: type=" + empty.getDescriptorForType().getFullName());
    }
    for (Field field : fields) {
      put(field, message, out);
    }
  }

  @Override
  public Message decode(TupleReader in) throws MalformedBytesException {
    Message.Builder message = empty.newBuilderForType();
    for (Field field : fields) {
      message.setField(field.descriptor(), read(field, in));
    }
    return message.build();
  }

  private static void put(Field field, Message message, TupleWriter out) {
    FieldDescriptor descriptor = field.descriptor();
    if (field.kind() == ElementKind.NESTED && !message.hasField(descriptor)) {
      // It would come back as a message of defaults.
      throw new IllegalArgumentException("message lacks a message: field=" + descriptor);
    }
    Object value = message.getField(descriptor);
    switch (field.kind()) {
      case INT -> out.putInt((int) value);
      case UNSIGNED_INT -> out.putUnsignedInt((int) value);
      case LONG -> out.putLong((long) value);
      case UNSIGNED_LONG -> out.putUnsignedLong((long) value);
      case BOOLEAN -> out.putBoolean((boolean) value);
      case TEXT -> out.putElement(Ids.check(descriptor.getName(), (String) value));
      case BYTES -> {
        byte[] bytes = ((ByteString) value).toByteArray();
        out.putElement(bytes, 0, bytes.length);
      }
      case NESTED -> nested(field).encode((Message) value, out);
    }
  }

  private static Object read(Field field, TupleReader in) throws MalformedBytesException {
    return switch (field.kind()) {
      case INT -> in.signedInt();
      case UNSIGNED_INT -> in.unsignedInt();
      case LONG -> in.signedLong();
      case UNSIGNED_LONG -> in.unsignedLong();
      case BOOLEAN -> in.truth();
      case TEXT -> in.text();
      case BYTES -> {
        Bytes bytes = in.bytes();
        yield ByteString.copyFrom(bytes.toByteArray());
      }
      case NESTED -> nested(field).decode(in);
    };
  }

  private static MessageCodec nested(Field field) {
    return Objects.requireNonNull(field.nested(), "nested codec");
  }

  private static MessageCodec of(Message empty, Set<Descriptor> enclosing) {
    Descriptor type = empty.getDescriptorForType();
    if (!enclosing.add(type)) {
      throw new IllegalArgumentException(
          "type cannot be a key, it contains itself: " + type.getFullName());
    }
    if (type.getFields().isEmpty()) {
      throw new IllegalArgumentException(
          "type cannot be a key, it has no fields: " + type.getFullName());
    }
    FieldDescriptor[] ordered = type.getFields().toArray(FieldDescriptor[]::new);
    Arrays.sort(ordered, Comparator.comparingInt(FieldDescriptor::getNumber));
    Field[] fields = new Field[ordered.length];
    for (int i = 0; i < fields.length; i++) {
      fields[i] = field(empty, ordered[i], enclosing);
    }
    enclosing.remove(type);
    return new MessageCodec(empty, fields);
  }

  private static Field field(Message owner, FieldDescriptor field, Set<Descriptor> enclosing) {
    if (field.isRepeated()) {
      throw refused(field, "a tuple has no place for many values");
    }
    ElementKind kind = kind(field);
    if (kind == null) {
      throw refused(field, "no element holds its type");
    }
    if (kind != ElementKind.NESTED) {
      if (field.hasPresence()) {
        throw refused(field, "a tuple has no place for a value that is not there");
      }
      return new Field(field, kind, null);
    }
    if (field.getContainingOneof() != null) {
      throw refused(field, "a tuple has no place for a value that is not there");
    }
    Message nested = owner.newBuilderForType().newBuilderForField(field).build();
    return new Field(field, kind, of(nested, enclosing));
  }

  private static @Nullable ElementKind kind(FieldDescriptor field) {
    return switch (field.getType()) {
      case INT32, SINT32, SFIXED32 -> ElementKind.INT;
      case UINT32, FIXED32 -> ElementKind.UNSIGNED_INT;
      case INT64, SINT64, SFIXED64 -> ElementKind.LONG;
      case UINT64, FIXED64 -> ElementKind.UNSIGNED_LONG;
      case BOOL -> ElementKind.BOOLEAN;
      case STRING -> ElementKind.TEXT;
      case BYTES -> ElementKind.BYTES;
      case MESSAGE -> ElementKind.NESTED;
      case GROUP, ENUM, DOUBLE, FLOAT -> null;
    };
  }

  private static IllegalArgumentException refused(FieldDescriptor field, String why) {
    return new IllegalArgumentException(
        String.format(
            Locale.ROOT,
            "type cannot be a key, %s: field=%s type=%s",
            why,
            field.getFullName(),
            field.getType()));
  }
}
