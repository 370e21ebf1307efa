package dev.grantstore.microtests.encoding;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.grantstore.Grant;
import dev.grantstore.codec.MalformedBytesException;
import dev.grantstore.layout.Keyspace;
import dev.grantstore.microtests.encoding.proto.GrantMessage;

/**
 * The whole grant as one protobuf message. Takes a message that was cut between two fields for a
 * shorter one: that is protobuf, and one reason why the engine's records are not this.
 */
final class ProtobufEncoding implements GrantEncoding {
  private byte[] bytes = new byte[0];

  @Override
  public int encode(Grant grant, Keyspace keyspace) {
    bytes = GrantMessages.message(grant).toByteArray();
    return bytes.length;
  }

  @Override
  public byte[] array() {
    return bytes;
  }

  @Override
  public Grant decode(Keyspace keyspace, byte[] key, byte[] value) throws MalformedBytesException {
    try {
      return GrantMessages.grant(GrantMessage.parseFrom(value));
    } catch (InvalidProtocolBufferException e) {
      throw new MalformedBytesException("value is not a message", e);
    }
  }

  @Override
  public void close() {}
}
