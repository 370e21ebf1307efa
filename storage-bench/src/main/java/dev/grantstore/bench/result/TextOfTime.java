package dev.grantstore.bench.result;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;

/** Reads times from texts alone: a number could be seconds or milliseconds. */
final class TextOfTime<T> extends StdScalarDeserializer<T> {
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
