package dev.grantstore.microtests.encoding;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.grantstore.Grant;
import dev.grantstore.codec.MalformedBytesException;
import dev.grantstore.layout.Keyspace;
import dev.grantstore.microtests.encoding.proto.GrantMessage;
import java.nio.charset.StandardCharsets;

/** The whole grant in protobuf's JSON mapping. Times are those from year 1 to 9999. */
final class JsonEncoding implements GrantEncoding {
  private final JsonFormat.Printer printer = JsonFormat.printer().omittingInsignificantWhitespace();
  private final JsonFormat.Parser parser = JsonFormat.parser();
  private byte[] json = new byte[0];

  @Override
  public int encode(Grant grant, Keyspace keyspace) {
    try {
      json = printer.print(GrantMessages.message(grant)).getBytes(StandardCharsets.UTF_8);
      return json.length;
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("grant has no JSON form: id=" + grant.id(), e);
    }
  }

  @Override
  public byte[] array() {
    return json;
  }

  @Override
  public Grant decode(Keyspace keyspace, byte[] key, byte[] value) throws MalformedBytesException {
    GrantMessage.Builder message = GrantMessage.newBuilder();
    try {
      parser.merge(new String(value, StandardCharsets.UTF_8), message);
    } catch (InvalidProtocolBufferException e) {
      throw new MalformedBytesException("value is not JSON of a grant", e);
    }
    return GrantMessages.grant(message.build());
  }

  @Override
  public void close() {}
}
