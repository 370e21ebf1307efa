package dev.grantstore.packed;

import static java.util.Objects.requireNonNull;

import dev.grantstore.CanonicalForm;
import dev.grantstore.ContentDigest;
import dev.grantstore.Grant;
import dev.grantstore.SyncRun;
import dev.grantstore.codec.MalformedBytesException;
import dev.grantstore.codec.PackedForm;
import dev.grantstore.codec.SyncRow;
import dev.grantstore.layout.Keyspace;
import dev.grantstore.layout.RowWriter;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The rows of some grants in one keyspace, packed in memory. */
final class PackedRows implements PageSource {
  static final int SYNC = 7;

  /** Keys and grants in the order of the keyspace. */
  final TreeMap<byte[], Grant> rows = new TreeMap<>(Arrays::compareUnsigned);

  /** By the same keys, as a database has them. */
  final TreeMap<byte[], byte[]> records = new TreeMap<>(Arrays::compareUnsigned);

  final TreeMap<byte[], byte[]> stored = new TreeMap<>(Arrays::compareUnsigned);
  final Keyspace keyspace;
  int reads;
  private final long cacheBytes;
  private final int parts;

  /** Packs them, in parts of about the same number of rows. */
  PackedRows(List<Grant> grants, Keyspace keyspace, int pageBytes, int parts, long cacheBytes)
      throws MalformedBytesException {
    this.keyspace = keyspace;
    this.cacheBytes = cacheBytes;
    this.parts = parts;
    RowWriter writer = new RowWriter();
    CanonicalForm form = new CanonicalForm();
    for (Grant grant : grants) {
      if (keyspace.includes(grant)) {
        form.encode(grant);
        writer.grant(grant, form);
        writer.row(keyspace, SYNC);
        rows.put(writer.key().toByteArray(), grant);
        records.put(
            writer.key().toByteArray(),
            Arrays.copyOf(writer.value().array(), writer.value().length()));
      }
    }
    List<byte[]> keys = List.copyOf(records.keySet());
    for (int part = 0; part < parts; part++) {
      RowPacker<RuntimeException> packer =
          new RowPacker<>(SYNC, keyspace, part, pageBytes, stored::put);
      int to = (part + 1) * keys.size() / parts;
      for (byte[] key : keys.subList(part * keys.size() / parts, to)) {
        byte[] value = requireNonNull(records.get(key));
        packer.add(key, key.length, value, value.length);
      }
      packer.finish();
    }
  }

  PackedKeyspace open() throws Exception {
    return sync(new PageCache(cacheBytes)).keyspace(keyspace);
  }

  /** The sync that they are all of, in one keyspace. */
  PackedSync sync(PageCache cache) {
    ContentDigest content = new ContentDigest(rows.size(), 0, 0);
    PackedForm form = new PackedForm(List.of(parts, parts, parts, parts), false);
    SyncRow row =
        new SyncRow(SYNC, SyncRun.open("s", "", Instant.EPOCH), content, false)
            .sealed(Instant.EPOCH, content, rows.size(), Optional.of(form));
    return new PackedSync(row, this, cache);
  }

  @Override
  public byte @Nullable [] read(byte[] key) {
    reads++;
    byte[] value = stored.get(key);
    return value == null ? null : value.clone();
  }

  @Override
  public boolean retain() {
    return true;
  }

  @Override
  public void release() {}

  @Override
  public boolean mayBeGone() {
    return false;
  }
}
