package dev.grantstore.microtests.fuzz;

import dev.grantstore.Bytes;
import dev.grantstore.CanonicalForm;
import dev.grantstore.CorruptionException;
import dev.grantstore.EntitlementRef;
import dev.grantstore.Grant;
import dev.grantstore.PrincipalRef;
import dev.grantstore.codec.ByEntitlementKey;
import dev.grantstore.codec.ByPrincipalKey;
import dev.grantstore.codec.CodecRegistry;
import dev.grantstore.codec.GrantsKey;
import dev.grantstore.codec.MalformedBytesException;
import dev.grantstore.codec.SyncRow;
import dev.grantstore.codec.TupleCodec;
import dev.grantstore.codec.Unsigned;
import dev.grantstore.keyvalue.CatalogRows;
import dev.grantstore.layout.Keyspace;
import dev.grantstore.layout.MetaKeys;
import dev.grantstore.layout.RowReader;
import dev.grantstore.layout.RowWriter;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Bytes in stores: what a decoder accepts encodes to the same again. */
final class StoredBytes {
  private StoredBytes() {}

  /** Every kind of element, for the codecs made by reflection. */
  record Every(int a, @Unsigned int b, long c, @Unsigned long d, boolean e, Bytes f, Inner g) {}

  /** A part of a key. */
  record Inner(String a, String b) {}

  /** Keys. */
  static final class Keys implements Parser {
    private final List<TupleCodec<?>> codecs =
        Stream.of(
                EntitlementRef.class,
                PrincipalRef.class,
                GrantsKey.class,
                ByEntitlementKey.class,
                ByPrincipalKey.class,
                Every.class)
            .<TupleCodec<?>>map(CodecRegistry::lookup)
            .toList();

    @Override
    public boolean takes(byte[] input) {
      boolean isTaken = false;
      for (TupleCodec<?> codec : codecs) {
        isTaken |= takes(codec, input);
      }
      return isTaken;
    }

    private static <T> boolean takes(TupleCodec<T> codec, byte[] input) {
      try {
        T value = codec.decode(input);
        Refusal.loseNothing(value, input);
        Refusal.same(Bytes.copyOf(input), Bytes.copyOf(codec.encode(value)));
        return true;
      } catch (MalformedBytesException e) {
        return Refusal.inWords(e, input);
      }
    }
  }

  /** A byte for the keyspace, one for the key's length, the key, the value. */
  static final class Rows implements Parser {
    private static final List<Keyspace> KEYSPACES = Keyspace.OF_GRANTS;

    private final CanonicalForm canonical = new CanonicalForm();
    private final RowWriter writer = new RowWriter();

    @Override
    public boolean takes(byte[] input) {
      if (input.length < 2) {
        return false;
      }
      Keyspace keyspace = KEYSPACES.get((input[0] & 0xff) % KEYSPACES.size());
      int keyEnd = Math.min(input.length, 2 + (input[1] & 0xff));
      byte[] key = Arrays.copyOfRange(input, 2, keyEnd);
      byte[] value = Arrays.copyOfRange(input, keyEnd, input.length);
      try {
        Grant grant = read(keyspace, key, value);
        Refusal.loseNothing(grant, input);
        canonical.encode(grant);
        writer.grant(grant, canonical);
        writer.row(keyspace, sync(key));
        byte[] keyAgain = writer.key().toByteArray();
        Refusal.same(Bytes.copyOf(key), Bytes.copyOf(keyAgain));
        byte[] valueAgain = Arrays.copyOf(writer.value().array(), writer.value().length());
        Refusal.same(grant, read(keyspace, keyAgain, valueAgain));
        return true;
      } catch (MalformedBytesException e) {
        return Refusal.inWords(e, input);
      }
    }

    private static Grant read(Keyspace keyspace, byte[] key, byte[] value)
        throws MalformedBytesException {
      RowReader reader = new RowReader(keyspace);
      reader.read(key, key.length, value, value.length);
      return reader.grant();
    }

    private static int sync(byte[] key) {
      return key[0] << 24 | (key[1] & 0xff) << 16 | (key[2] & 0xff) << 8 | (key[3] & 0xff);
    }
  }

  /** A byte for the key's length, the key of a sync, its row. */
  static final class Catalog implements Parser {
    @Override
    public boolean takes(byte[] input) {
      int keyEnd = input.length == 0 ? 0 : Math.min(input.length, 1 + (input[0] & 0xff));
      byte[] key = Arrays.copyOfRange(input, Math.min(1, keyEnd), keyEnd);
      byte[] value = Arrays.copyOfRange(input, keyEnd, input.length);
      try {
        CatalogRows rows = new CatalogRows();
        rows.add(key, value);
        String syncId = MetaKeys.syncId(key);
        SyncRow row = SyncRow.decode(syncId, value);
        Refusal.loseNothing(row, input);
        Refusal.same(Bytes.copyOf(key), Bytes.copyOf(MetaKeys.sync(syncId)));
        Refusal.same(Bytes.copyOf(value), Bytes.copyOf(row.encode()));
        rows.catalog(null, new byte[] {0x7f, -1, -1, -1});
        return true;
      } catch (CorruptionException | MalformedBytesException e) {
        return Refusal.inWords(e, input);
      }
    }
  }
}
