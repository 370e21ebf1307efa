package dev.grantstore.microtests.encoding;

import dev.grantstore.CanonicalForm;
import dev.grantstore.Grant;
import dev.grantstore.codec.MalformedBytesException;
import dev.grantstore.codec.RecordWriter;
import dev.grantstore.layout.Keyspace;
import dev.grantstore.layout.RowReader;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** The engine's own records: what the key of the row does not say. */
final class TrimmedEncoding implements GrantEncoding {
  private final CanonicalForm form = new CanonicalForm();
  private final RecordWriter writer = new RecordWriter();
  private final Map<Keyspace, RowReader> readers = new EnumMap<>(Keyspace.class);

  TrimmedEncoding() {
    for (Keyspace keyspace : Keyspace.OF_GRANTS) {
      readers.put(keyspace, new RowReader(keyspace));
    }
  }

  @Override
  public int encode(Grant grant, Keyspace keyspace) {
    if (keyspace.referencesInValue()) {
      form.encode(grant);
      writer.encodeWithReferences(grant, form);
    } else {
      writer.encodeRest(grant);
    }
    return writer.length();
  }

  @Override
  public byte[] array() {
    return writer.array();
  }

  @Override
  public Grant decode(Keyspace keyspace, byte[] key, byte[] value) throws MalformedBytesException {
    RowReader reader = Objects.requireNonNull(readers.get(keyspace));
    reader.read(key, key.length, value, value.length);
    return reader.grant();
  }

  @Override
  public void close() {}
}
