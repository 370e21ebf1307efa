package dev.grantstore.packed;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.CorruptionException;
import dev.grantstore.Grant;
import dev.grantstore.GrantBatch;
import dev.grantstore.IdField;
import dev.grantstore.layout.Keyspace;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

final class PackedRowsProperties {
  private static final int[] PAGE_BYTES = {1, 150, 400, 2_000, 4_096, 65_536};

  @Property(tries = 120, edgeCases = EdgeCasesMode.NONE)
  void everyFieldOfEveryRowComesBackInOrder(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 700) int count) throws Exception {
    PackedRows packed = packed(seed, count);
    List<Grant> read = new ArrayList<>();
    PageReader reader = new PageReader();
    PackedKeyspace pages = packed.open();
    for (int page = 0; page < pages.pages(); page++) {
      reader.open(pages.page(page));
      for (int row = 0; row < reader.rows(); row++) {
        Grant grant = reader.grant(row);
        assertFields(reader, row, grant);
        read.add(grant);
      }
    }

    assertThat(read).isEqualTo(List.copyOf(packed.rows.values()));
  }

  @Property(tries = 120, edgeCases = EdgeCasesMode.NONE)
  void rowsCopiedTogetherAreThoseReadOneByOne(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 700) int count) throws Exception {
    PackedKeyspace pages = packed(seed, count).open();
    PageReader copying = new PageReader();
    PageReader reading = new PageReader();
    GrantBatch batch = new GrantBatch(1 + Math.floorMod(seed, 300));
    for (int page = 0; page < pages.pages(); page++) {
      copying.open(pages.page(page));
      reading.open(pages.page(page));
      for (int from = 0; from < copying.rows(); from += batch.rows()) {
        batch.clear();
        copying.copy(from, copying.rows() - from, batch);
        assertThat(batch.rows()).isBetween(1, batch.capacity());
        for (int row = 0; row < batch.rows(); row++) {
          assertRow(batch, row, reading, from + row);
        }
      }
    }
  }

  @Property(tries = 120, edgeCases = EdgeCasesMode.NONE)
  void aKeyIsFoundWhereItIsOrWouldBe(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 300) int count) throws Exception {
    PackedRows packed = packed(seed, count);
    PackedKeyspace pages = packed.open();
    SplittableRandom random = new SplittableRandom(seed);
    List<byte[]> keys = List.copyOf(packed.rows.keySet());
    for (int i = 0; i < 60 && !keys.isEmpty(); i++) {
      byte[] key = near(keys.get(random.nextInt(keys.size())), random);
      RowIds ids = new RowIds(packed.keyspace);
      try {
        ids.read(key, key.length);
      } catch (dev.grantstore.codec.MalformedBytesException notWhole) {
        continue;
      }
      assertThat(position(pages, key, ids, false)).isEqualTo(rowsBefore(keys, key));
      assertThat(position(pages, key, ids, true)).isEqualTo(rowsBefore(keys, behind(key)));
    }
  }

  /** A damage that its checksum does not tell: what is read may be anything, but nothing fails. */
  @Property(tries = 80, edgeCases = EdgeCasesMode.NONE)
  void aPageWithARightChecksumIsReadOrRefused(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int count) throws Exception {
    PackedRows packed = packed(seed, count);
    SplittableRandom random = new SplittableRandom(seed);
    for (Map.Entry<byte[], byte[]> stored : Map.copyOf(packed.stored).entrySet()) {
      for (int i = 0; i < 4; i++) {
        byte[] bytes = stored.getValue().clone();
        int at = Integer.BYTES + random.nextInt(bytes.length - Integer.BYTES);
        bytes[at] = (byte) random.nextInt(256);
        PageBytes.INTS.set(bytes, 0, PageBytes.checksum(stored.getKey(), bytes, bytes.length));
        packed.stored.put(stored.getKey(), bytes);
        try {
          PackedKeyspace pages = packed.open();
          readAll(pages);
          readAll(pages);
        } catch (CorruptionException refused) {
          assertThat(refused.keyspace()).isEqualTo(packed.keyspace.label());
        }
      }
      packed.stored.put(stored.getKey(), stored.getValue());
    }
  }

  @Property(tries = 40, edgeCases = EdgeCasesMode.NONE)
  void anyFlippedBitIsRefused(@ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int count)
      throws Exception {
    PackedRows packed = packed(seed, count);
    SplittableRandom random = new SplittableRandom(seed);
    List<byte[]> keys = List.copyOf(packed.stored.keySet());
    byte[] key = keys.get(random.nextInt(keys.size()));
    byte[] whole = requireNonNull(packed.stored.get(key));
    for (int i = 0; i < 20; i++) {
      byte[] bytes = whole.clone();
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
      packed.stored.put(key, bytes);

      assertThat(isRefused(packed)).isTrue();
    }
    packed.stored.put(key, Arrays.copyOf(whole, random.nextInt(whole.length)));
    assertThat(isRefused(packed)).as("cut").isTrue();
    packed.stored.remove(key);
    assertThat(isRefused(packed)).as("missing").isTrue();
  }

  private static PackedRows packed(long seed, int count) throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    Keyspace keyspace = Keyspace.OF_GRANTS.get(random.nextInt(Keyspace.OF_GRANTS.size()));
    int pageBytes = PAGE_BYTES[random.nextInt(PAGE_BYTES.length)];
    int parts = 1 + random.nextInt(3);
    long cacheBytes = random.nextBoolean() ? 1 << 20 : random.nextInt(20_000);
    return new PackedRows(
        new ShapedGrants(seed).some(count), keyspace, pageBytes, parts, cacheBytes);
  }

  private static void assertFields(PageReader reader, int row, Grant grant) {
    assertThat(reader.id(IdField.GRANT_ID, row)).hasToString(grant.id());
    assertThat(reader.id(IdField.PRINCIPAL_ID, row)).hasToString(grant.principal().resourceId());
    assertThat(Instant.ofEpochSecond(reader.seconds(row), reader.nanos(row)))
        .isEqualTo(grant.discoveredAt());
    assertThat(reader.needsExpansion(row)).isEqualTo(grant.needsExpansion());
    assertThat(reader.hasExpiry(row)).isEqualTo(grant.expiresAt().isPresent());
    assertThat(Instant.ofEpochSecond(reader.expiresSeconds(row), reader.expiresNanos(row)))
        .isEqualTo(grant.expiresAt().orElse(Instant.EPOCH));
  }

  private static void assertRow(GrantBatch batch, int row, PageReader reader, int of) {
    for (IdField field : IdField.values()) {
      assertThat(batch.id(field, row)).hasToString(reader.id(field, of).toString());
      assertThat(batch.ids(field).code(row)).isBetween(0, batch.ids(field).values() - 1);
    }
    assertThat(batch.discoveredSeconds(row)).isEqualTo(reader.seconds(of));
    assertThat(batch.discoveredNanos(row)).isEqualTo(reader.nanos(of));
    assertThat(batch.needsExpansion(row)).isEqualTo(reader.needsExpansion(of));
    assertThat(batch.hasExpiry(row)).isEqualTo(reader.hasExpiry(of));
    assertThat(batch.expiresSeconds(row)).isEqualTo(reader.expiresSeconds(of));
    assertThat(batch.expiresNanos(row)).isEqualTo(reader.expiresNanos(of));
  }

  /** A key, a part of it, or one a little before or after it. */
  private static byte[] near(byte[] key, SplittableRandom random) {
    byte[] near = key.clone();
    switch (random.nextInt(4)) {
      case 0 -> near[near.length - 2] += (byte) (random.nextBoolean() ? 1 : -1);
      case 1 -> {
        int ends = 4;
        int cut = 4 + random.nextInt(near.length - 4);
        for (int i = 4; i <= cut; i++) {
          ends = near[i] == 0 ? i + 1 : ends;
        }
        near = Arrays.copyOf(near, ends);
      }
      case 2 -> {
        near = Arrays.copyOf(near, near.length + 1);
        near[near.length - 2] = (byte) ('0' + random.nextInt(3) * 20);
        near[near.length - 1] = 0;
      }
      default -> {}
    }
    return near;
  }

  private static byte[] behind(byte[] prefix) {
    byte[] behind = Arrays.copyOf(prefix, prefix.length + 1);
    behind[prefix.length] = (byte) 0xff;
    return behind;
  }

  private static int rowsBefore(List<byte[]> keys, byte[] key) {
    int before = 0;
    while (before < keys.size() && Arrays.compareUnsigned(keys.get(before), key) < 0) {
      before++;
    }
    return before;
  }

  /** The place among all rows to which pages lead, going on to the next page where one ends. */
  private static int position(PackedKeyspace pages, byte[] key, RowIds ids, boolean behind)
      throws Exception {
    PageReader reader = new PageReader();
    int number = pages.find(key, key.length);
    int before = 0;
    for (int page = 0; page < number; page++) {
      reader.open(pages.page(page));
      before += reader.rows();
    }
    while (number < pages.pages()) {
      reader.open(pages.page(number));
      int row = reader.find(ids, behind, 0);
      before += row;
      if (row < reader.rows()) {
        return before;
      }
      number++;
    }
    return before;
  }

  private static boolean isRefused(PackedRows packed) throws Exception {
    try {
      readAll(packed.open());
      return false;
    } catch (CorruptionException refused) {
      return true;
    }
  }

  private static void readAll(PackedKeyspace pages) throws Exception {
    GrantBatch batch = new GrantBatch();
    PageReader reader = new PageReader();
    for (int page = 0; page < pages.pages(); page++) {
      reader.open(pages.page(page));
      for (int row = 0; row < reader.rows(); row++) {
        reader.grant(row);
      }
      for (int from = 0; from < reader.rows(); from += batch.rows()) {
        batch.clear();
        reader.copy(from, reader.rows() - from, batch);
      }
    }
  }
}
