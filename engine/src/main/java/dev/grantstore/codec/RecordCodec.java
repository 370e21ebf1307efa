package dev.grantstore.codec;

import dev.grantstore.Bytes;
import dev.grantstore.Ids;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Encodes any record by its components, whose accessors were resolved once. Immutable. */
final class RecordCodec implements TupleCodec<Object> {
  private final Class<?> type;
  private final Component[] components;
  private final MethodHandle constructor;

  /** One component; {@code nested} is there exactly where the kind is NESTED. */
  private record Component(
      String name, ElementKind kind, MethodHandle accessor, @Nullable TupleCodec<Object> nested) {}

  private RecordCodec(Class<?> type, Component[] components, MethodHandle constructor) {
    this.type = type;
    this.components = components;
    this.constructor = constructor;
  }

  static TupleCodec<?> of(Class<?> type, Set<Class<?>> enclosing) {
    RecordComponent[] declared = type.getRecordComponents();
    if (declared.length == 0) {
      throw new IllegalArgumentException(
          "type cannot be a key, it has no components: " + type.getName());
    }
    Component[] components = new Component[declared.length];
    for (int i = 0; i < declared.length; i++) {
      components[i] = component(type, declared[i], enclosing);
    }
    return new RecordCodec(type, components, constructor(type, declared));
  }

  @Override
  public void encode(Object value, TupleWriter out) {
    Objects.requireNonNull(value, "value");
    for (Component component : components) {
      put(component, value, out);
    }
  }

  @Override
  public Object decode(TupleReader in) throws MalformedBytesException {
    Object[] values = new Object[components.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = read(components[i], in);
    }
    try {
      return constructor.invokeExact(values);
    } catch (RuntimeException e) {
      throw new MalformedBytesException("key is refused by its type: " + e.getMessage(), e);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  private void put(Component component, Object value, TupleWriter out) {
    MethodHandle accessor = component.accessor();
    try {
      switch (component.kind()) {
        case INT -> out.putInt((int) accessor.invokeExact(value));
        case UNSIGNED_INT -> out.putUnsignedInt((int) accessor.invokeExact(value));
        case LONG -> out.putLong((long) accessor.invokeExact(value));
        case UNSIGNED_LONG -> out.putUnsignedLong((long) accessor.invokeExact(value));
        case BOOLEAN -> out.putBoolean((boolean) accessor.invokeExact(value));
        case TEXT -> {
          String text = (String) accessor.invokeExact(value);
          out.putElement(Ids.check(component.name(), text));
        }
        case BYTES -> {
          Bytes bytes = (Bytes) accessor.invokeExact(value);
          out.putElement(bytes);
        }
        case NESTED -> {
          Object nested = accessor.invokeExact(value);
          nested(component).encode(nested, out);
        }
      }
    } catch (RuntimeException e) {
      throw e;
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  private static Object read(Component component, TupleReader in) throws MalformedBytesException {
    return switch (component.kind()) {
      case INT -> in.signedInt();
      case UNSIGNED_INT -> in.unsignedInt();
      case LONG -> in.signedLong();
      case UNSIGNED_LONG -> in.unsignedLong();
      case BOOLEAN -> in.truth();
      case TEXT -> in.text();
      case BYTES -> in.bytes();
      case NESTED -> nested(component).decode(in);
    };
  }

  private static TupleCodec<Object> nested(Component component) {
    return Objects.requireNonNull(component.nested(), "nested codec");
  }

  /** Accessors and constructors of records declare no checked exceptions of their own. */
  private IllegalStateException failed(Throwable e) {
    return new IllegalStateException("record failed: type=" + type.getName(), e);
  }

  @SuppressWarnings("unchecked") // made for the component's type
  private static Component component(
      Class<?> owner, RecordComponent component, Set<Class<?>> enclosing) {
    Class<?> type = component.getType();
    boolean unsigned = component.isAnnotationPresent(Unsigned.class);
    if (unsigned && type != int.class && type != long.class) {
      throw refused(owner, component, "only int and long can be unsigned");
    }
    ElementKind kind = kind(type, unsigned);
    if (kind == null) {
      throw refused(owner, component, "no element holds its type");
    }
    TupleCodec<?> nested = null;
    Class<?> read = type;
    if (kind == ElementKind.NESTED) {
      nested = CodecRegistry.reflected(type, enclosing);
      read = Object.class;
    }
    MethodHandle accessor = accessor(owner, component);
    return new Component(
        component.getName(),
        kind,
        accessor.asType(MethodType.methodType(read, Object.class)),
        (TupleCodec<Object>) nested);
  }

  private static @Nullable ElementKind kind(Class<?> type, boolean unsigned) {
    if (type == int.class) {
      return unsigned ? ElementKind.UNSIGNED_INT : ElementKind.INT;
    }
    if (type == long.class) {
      return unsigned ? ElementKind.UNSIGNED_LONG : ElementKind.LONG;
    }
    if (type == boolean.class) {
      return ElementKind.BOOLEAN;
    }
    if (type == String.class) {
      return ElementKind.TEXT;
    }
    if (type == Bytes.class) {
      return ElementKind.BYTES;
    }
    boolean nested = type.isRecord() || com.google.protobuf.Message.class.isAssignableFrom(type);
    return nested ? ElementKind.NESTED : null;
  }

  private static MethodHandle accessor(Class<?> owner, RecordComponent component) {
    Method method = component.getAccessor();
    try {
      method.setAccessible(true);
      return MethodHandles.lookup().unreflect(method);
    } catch (InaccessibleObjectException | IllegalAccessException e) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "type cannot be a key, its module is closed: %s", owner.getName()),
          e);
    }
  }

  private static MethodHandle constructor(Class<?> type, RecordComponent[] declared) {
    Class<?>[] parameters =
        Arrays.stream(declared).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      Constructor<?> canonical = type.getDeclaredConstructor(parameters);
      canonical.setAccessible(true);
      return MethodHandles.lookup()
          .unreflectConstructor(canonical)
          .asSpreader(Object[].class, parameters.length)
          .asType(MethodType.methodType(Object.class, Object[].class));
    } catch (NoSuchMethodException | InaccessibleObjectException | IllegalAccessException e) {
      throw new IllegalArgumentException(
          "type cannot be a key, its constructor is out of reach: " + type.getName(), e);
    }
  }

  private static IllegalArgumentException refused(
      Class<?> owner, RecordComponent component, String why) {
    return new IllegalArgumentException(
        String.format(
            Locale.ROOT,
            "type cannot be a key, %s: type=%s component=%s %s",
            why,
            owner.getName(),
            component.getGenericType().getTypeName(),
            component.getName()));
  }
}
