package dev.grantstore.bench.result;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.exc.InvalidNullException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedParameter;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.grantstore.Excerpt;
import dev.grantstore.NotUtf8Exception;
import dev.grantstore.Utf8;
import dev.grantstore.fixture.json.PrettyJson;
import dev.grantstore.fixture.json.StrictJson;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads records from JSON, and takes nothing for something else: beside what {@link StrictJson}
 * asks, no field is missing, none unknown, no null but where a component may be null, and a time is
 * one in the form of ISO 8601. What is refused is named by its field, such as {@code
 * cells[0].forks[1].round}.
 */
final class RecordJson {
  private static final int MAX_TEXT_LENGTH = 16 << 20;

  static final ObjectMapper MAPPER =
      PrettyJson.of(StrictJson.mapper(MAX_TEXT_LENGTH))
          .addModule(new JavaTimeModule())
          .addModule(TextOfTime.module())
          .annotationIntrospector(new NullsByComponent())
          .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .withCoercionConfigDefaults(
              any -> any.setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail))
          .defaultSetterInfo(JsonSetter.Value.forValueNulls(Nulls.FAIL, Nulls.FAIL))
          .build();

  /** How a constructor's message may begin. */
  private static final Pattern COMPONENT = Pattern.compile("[A-Za-z0-9.]+: ");

  private RecordJson() {}

  /** {@return the one value of a text} */
  static JsonNode tree(String json) throws ResultFormatException {
    try {
      JsonNode tree = MAPPER.readTree(StrictJson.check(json));
      if (tree.isMissingNode()) {
        throw new ResultFormatException("holds no JSON value");
      }
      return tree;
    } catch (JsonProcessingException e) {
      throw new ResultFormatException(StrictJson.problem(e, json), e);
    } catch (IllegalArgumentException e) {
      throw new ResultFormatException(String.valueOf(e.getMessage()), e);
    }
  }

  /** {@return the text of a file} */
  static String text(Path file) throws IOException {
    try {
      return Utf8.read(file);
    } catch (NotUtf8Exception e) {
      throw new ResultFormatException(e.getMessage(), e);
    }
  }

  /** {@return the record that a value stands for} */
  static <T extends Record> T value(JsonNode tree, Class<T> type) throws ResultFormatException {
    if (!tree.isObject()) {
      throw new ResultFormatException("not the JSON that is expected here, which is an object");
    }
    try {
      return MAPPER.treeToValue(tree, type);
    } catch (JsonMappingException e) {
      throw new ResultFormatException(words(e), e);
    } catch (JsonProcessingException e) {
      throw new ResultFormatException("cannot be read", e);
    }
  }

  private static String words(JsonMappingException e) {
    String path = path(e);
    if (e instanceof UnrecognizedPropertyException) {
      return String.format(Locale.ROOT, "field %s: is not known", path);
    }
    if (e instanceof InvalidNullException) {
      return String.format(Locale.ROOT, "field %s: must not be null", path);
    }
    if (e instanceof ValueInstantiationException
        && e.getCause() instanceof RuntimeException cause) {
      String message = String.valueOf(cause.getMessage());
      String separator = path.isEmpty() ? "" : COMPONENT.matcher(message).lookingAt() ? "." : ": ";
      return String.format(Locale.ROOT, "field %s%s%s", path, separator, message);
    }
    if (e instanceof MismatchedInputException mismatch) {
      return String.format(Locale.ROOT, "field %s: %s", path, expected(mismatch));
    }
    return e.getCause() instanceof InputCoercionException
        ? String.format(Locale.ROOT, "field %s: a number is too large", path)
        : String.format(Locale.ROOT, "field %s: cannot be read", path);
  }

  private static String expected(MismatchedInputException e) {
    Class<?> type = e.getTargetType();
    if (type == null || type.isRecord()) {
      return String.valueOf(e.getMessage()).startsWith("Missing")
          ? "is missing"
          : "must be an object";
    }
    if (type.isEnum()) {
      return Arrays.stream(type.getEnumConstants())
          .map(String::valueOf)
          .collect(Collectors.joining(", ", "must be one of ", ""));
    }
    if (type == boolean.class) {
      return "must be true or false";
    }
    if (type == double.class || type == Double.class) {
      return "must be a number";
    }
    if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
      return "must be a whole number";
    }
    if (Collection.class.isAssignableFrom(type)) {
      return "must be a list";
    }
    if (type == Instant.class || type == Duration.class) {
      return "must be a time in the form of ISO 8601";
    }
    return type == String.class ? "must be a text" : "must be an object";
  }

  /** {@return the name of a field as it is, or quoted where it is none of ours} */
  static String name(String field) {
    return field.matches("[\\w-]{1,64}") ? field : Excerpt.of(field);
  }

  private static String path(JsonMappingException e) {
    StringBuilder out = new StringBuilder();
    for (JsonMappingException.Reference step : e.getPath()) {
      if (step.getFieldName() == null) {
        out.append('[').append(step.getIndex()).append(']');
      } else {
        out.append(out.isEmpty() ? "" : ".").append(name(step.getFieldName()));
      }
    }
    return out.toString();
  }

  /** Lets null through where a record's component is {@link Nullable}. */
  private static final class NullsByComponent extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1L;

    @Override
    public JsonSetter.Value findSetterInfo(Annotated annotated) {
      if (annotated instanceof AnnotatedParameter parameter
          && parameter.getDeclaringClass().isRecord()) {
        RecordComponent component =
            parameter.getDeclaringClass().getRecordComponents()[parameter.getIndex()];
        if (component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
          return JsonSetter.Value.forValueNulls(Nulls.SET, Nulls.FAIL);
        }
      }
      return super.findSetterInfo(annotated);
    }
  }

  /** Reads times from texts alone: a number could be seconds or milliseconds. */
  static final class TextOfTime<T> extends StdScalarDeserializer<T> {
    private static final long serialVersionUID = 1L;

    private final Class<T> time;
    private final transient Function<String, T> parse;

    private TextOfTime(Class<T> time, Function<String, T> parse) {
      super(time);
      this.time = time;
      this.parse = parse;
    }

    /** {@return both kinds of times that results have} */
    static SimpleModule module() {
      return new SimpleModule("times")
          .addDeserializer(Instant.class, new TextOfTime<>(Instant.class, Instant::parse))
          .addDeserializer(Duration.class, new TextOfTime<>(Duration.class, Duration::parse));
    }

    @Override
    public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
      if (!parser.hasToken(JsonToken.VALUE_STRING)) {
        return time.cast(context.handleUnexpectedToken(time, parser));
      }
      try {
        return parse.apply(parser.getText());
      } catch (DateTimeException e) {
        throw context.weirdStringException(parser.getText(), time, "no time");
      }
    }
  }
}
