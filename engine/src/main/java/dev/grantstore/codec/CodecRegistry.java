package dev.grantstore.codec;

import com.google.protobuf.Message;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;

/**
 * The one place where codecs for keys come from. Thread-safe.
 *
 * <p>Codecs written by hand: {@link dev.grantstore.EntitlementRef}, {@link
 * dev.grantstore.PrincipalRef}, {@link GrantsKey}, {@link ByEntitlementKey}, {@link
 * ByPrincipalKey}. Every other type gets one that reads its fields by reflection resolved once:
 *
 * <pre>
 * a record                            a generated protobuf message      element
 * components, in declared order       fields, in ascending number
 * int                                 int32, sint32, sfixed32           i32
 * {@literal @}Unsigned int                       uint32, fixed32                   u32
 * long                                int64, sint64, sfixed64           i64
 * {@literal @}Unsigned long                      uint64, fixed64                   u64
 * boolean                             bool                              bool
 * String                              string                            its UTF-8 bytes
 * {@link dev.grantstore.Bytes}                               bytes                             the bytes
 * a record                            a message                         its fields
 * </pre>
 *
 * <p>Elements are those of {@link TupleWriter}. Two types of the same shape encode equal content to
 * equal bytes, whoever wrote the codec. A tuple has no place for "not there" and none for "many",
 * so optional fields, oneofs, lists, maps, enums and floating point are refused when the codec is
 * looked up, as are types without fields and types that contain themselves.
 *
 * <p>A codec is made once for a class and kept by the class itself ({@link ClassValue}): a type can
 * be unloaded with its class loader although its codec was looked up.
 */
public final class CodecRegistry {
  private static final ClassValue<TupleCodec<?>> CODECS =
      new ClassValue<>() {
        @Override
        protected TupleCodec<?> computeValue(Class<?> type) {
          TupleCodec<?> direct = DirectCodecs.ALL.get(type);
          return direct != null ? direct : reflected(type, new HashSet<>());
        }
      };

  private CodecRegistry() {}

  /**
   * {@return the codec of a type; the same object each time}
   *
   * @param type a record, or a generated protobuf message
   * @param <T> the type
   * @throws IllegalArgumentException if the type cannot be a key: names the field, and why
   */
  @SuppressWarnings("unchecked") // made for this class
  public static <T> TupleCodec<T> lookup(Class<T> type) {
    Objects.requireNonNull(type, "type");
    return (TupleCodec<T>) CODECS.get(type);
  }

  /**
   * Makes a codec by reflection, for a direct type too.
   *
   * @param enclosing the types that this one is a part of
   */
  static TupleCodec<?> reflected(Class<?> type, Set<Class<?>> enclosing) {
    if (!enclosing.add(type)) {
      throw new IllegalArgumentException("type cannot be a key, it contains itself: " + name(type));
    }
    TupleCodec<?> codec;
    if (type.isRecord()) {
      codec = RecordCodec.of(type, enclosing);
    } else if (Message.class.isAssignableFrom(type)) {
      codec = MessageCodec.of(type.asSubclass(Message.class));
    } else {
      throw new IllegalArgumentException(
          "type cannot be a key, it is neither a record nor a generated protobuf message: "
              + name(type));
    }
    enclosing.remove(type);
    return codec;
  }

  private static String name(Class<?> type) {
    return type.getName();
  }
}
