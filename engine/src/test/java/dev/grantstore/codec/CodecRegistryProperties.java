package dev.grantstore.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.google.protobuf.Message;
import dev.grantstore.EntitlementRef;
import dev.grantstore.Ids;
import dev.grantstore.PrincipalRef;
import dev.grantstore.codec.Twins.EveryKind;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

final class CodecRegistryProperties {
  private static final Comparator<EntitlementRef> BY_ENTITLEMENT =
      Comparator.comparing(EntitlementRef::resourceTypeId, Ids.ORDER)
          .thenComparing(EntitlementRef::resourceId, Ids.ORDER)
          .thenComparing(EntitlementRef::entitlementId, Ids.ORDER);
  private static final Comparator<PrincipalRef> BY_PRINCIPAL =
      Comparator.comparing(PrincipalRef::resourceTypeId, Ids.ORDER)
          .thenComparing(PrincipalRef::resourceId, Ids.ORDER);
  private static final Comparator<Integer> UNSIGNED = Integer::compareUnsigned;

  @Property(edgeCases = EdgeCasesMode.NONE)
  void entitlementsAreTheSameBytesFromEveryCodec(@ForAll("entitlements") EntitlementRef ref)
      throws MalformedBytesException {
    checkSameBytes(EntitlementRef.class, ref, Twins.record(ref), Twins.message(ref));
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void principalsAreTheSameBytesFromEveryCodec(@ForAll("principals") PrincipalRef ref)
      throws MalformedBytesException {
    checkSameBytes(PrincipalRef.class, ref, Twins.record(ref), Twins.message(ref));
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void keysOfGrantsAreTheSameBytesFromEveryCodec(@ForAll("grantsKeys") GrantsKey key)
      throws MalformedBytesException {
    checkSameBytes(GrantsKey.class, key, Twins.record(key), Twins.message(key));
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void keysByEntitlementAreTheSameBytesFromEveryCodec(
      @ForAll("entitlementKeys") ByEntitlementKey key) throws MalformedBytesException {
    checkSameBytes(ByEntitlementKey.class, key, Twins.record(key), Twins.message(key));
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void keysByPrincipalAreTheSameBytesFromEveryCodec(@ForAll("principalKeys") ByPrincipalKey key)
      throws MalformedBytesException {
    checkSameBytes(ByPrincipalKey.class, key, Twins.record(key), Twins.message(key));
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void everyKindOfFieldComesBackFromRecordAndMessage(@ForAll("everyKind") EveryKind value)
      throws MalformedBytesException {
    byte[] key = CodecRegistry.lookup(EveryKind.class).encode(value);

    checkTwin(key, value);
    checkTwin(key, Twins.message(value));
    checkCutsAreRefused(CodecRegistry.lookup(EveryKind.class), key);
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void orderOfKeysByEntitlementIsThatOfTheirFields(
      @ForAll("entitlementKeys") ByEntitlementKey a,
      @ForAll("entitlementKeys") ByEntitlementKey b) {
    Comparator<ByEntitlementKey> order =
        Comparator.comparing(ByEntitlementKey::sync, UNSIGNED)
            .thenComparing(ByEntitlementKey::entitlement, BY_ENTITLEMENT)
            .thenComparing(ByEntitlementKey::principal, BY_PRINCIPAL)
            .thenComparing(ByEntitlementKey::grantId, Ids.ORDER);

    checkOrder(order.compare(a, b), a, b);
    checkOrder(order.compare(a, b), Twins.record(a), Twins.record(b));
    checkOrder(order.compare(a, b), Twins.message(a), Twins.message(b));
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void orderOfEveryKindIsThatOfItsFields(
      @ForAll("everyKind") EveryKind a, @ForAll("everyKind") EveryKind b) {
    Comparator<EveryKind> order =
        Comparator.comparing(EveryKind::i32)
            .thenComparing(EveryKind::u32, UNSIGNED)
            .thenComparing(EveryKind::i64)
            .thenComparing(EveryKind::u64, Long::compareUnsigned)
            .thenComparing(EveryKind::truth)
            .thenComparing(EveryKind::text, Ids.ORDER)
            .thenComparing(EveryKind::raw)
            .thenComparing(EveryKind::nested, BY_PRINCIPAL);

    checkOrder(order.compare(a, b), a, b);
    checkOrder(order.compare(a, b), Twins.message(a), Twins.message(b));
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void anyBytesAreRefusedOrAreAKey(@ForAll("bytes") byte[] bytes) {
    for (Class<?> type : DirectCodecs.ALL.keySet()) {
      checkRefusedOrComesBack(CodecRegistry.lookup(type), bytes);
    }
    checkRefusedOrComesBack(CodecRegistry.lookup(EveryKind.class), bytes);
  }

  @Provide
  Arbitrary<EntitlementRef> entitlements() {
    Arbitrary<String> id = GrantArbitraries.ids();
    return Combinators.combine(id, id, id).as(EntitlementRef::new);
  }

  @Provide
  Arbitrary<PrincipalRef> principals() {
    Arbitrary<String> id = GrantArbitraries.ids();
    return Combinators.combine(id, id).as(PrincipalRef::new);
  }

  @Provide
  Arbitrary<GrantsKey> grantsKeys() {
    return Combinators.combine(ints(), grantIds()).as(GrantsKey::new);
  }

  @Provide
  Arbitrary<ByEntitlementKey> entitlementKeys() {
    return Combinators.combine(ints(), entitlements(), principals(), grantIds())
        .as(ByEntitlementKey::new);
  }

  @Provide
  Arbitrary<ByPrincipalKey> principalKeys() {
    return Combinators.combine(ints(), principals(), entitlements(), grantIds())
        .as(ByPrincipalKey::new);
  }

  @Provide
  Arbitrary<EveryKind> everyKind() {
    return Combinators.combine(
            ints(),
            ints(),
            longs(),
            longs(),
            Arbitraries.of(true, false),
            GrantArbitraries.ids(),
            TrapElements.shortElements(),
            principals())
        .as(EveryKind::new);
  }

  @Provide
  Arbitrary<byte[]> bytes() {
    return Arbitraries.bytes().array(byte[].class).ofMaxSize(40);
  }

  private static Arbitrary<String> grantIds() {
    return GrantArbitraries.ids().filter(id -> !id.isEmpty());
  }

  /** Few, so that later fields decide. */
  private static Arbitrary<Integer> ints() {
    return Arbitraries.of(0, 0, 0, 1, -1, Integer.MIN_VALUE, Integer.MAX_VALUE, 256);
  }

  private static Arbitrary<Long> longs() {
    return Arbitraries.of(0L, 0L, 0L, 1L, -1L, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 32);
  }

  private static <T> void checkSameBytes(Class<T> type, T value, Record record, Message message)
      throws MalformedBytesException {
    TupleCodec<T> direct = CodecRegistry.lookup(type);
    byte[] key = direct.encode(value);

    assertThat(DirectCodecs.ALL).containsKey(type);
    assertThat(direct.decode(key)).isEqualTo(value);
    checkCutsAreRefused(direct, key);
    checkTwin(key, record);
    checkTwin(key, message);
    // The type itself, too, had it no codec of its own.
    TupleCodec<Object> reflected = reflected(type);
    assertThat(reflected.encode(value)).isEqualTo(key);
    assertThat(reflected.decode(key)).isEqualTo(value);
  }

  private static void checkTwin(byte[] key, Object twin) throws MalformedBytesException {
    TupleCodec<Object> codec = codecOf(twin);
    assertThat(codec.encode(twin)).isEqualTo(key);
    assertThat(codec.decode(key)).isEqualTo(twin);
    checkCutsAreRefused(codec, key);
  }

  private static void checkCutsAreRefused(TupleCodec<?> codec, byte[] key) {
    for (int length = 0; length < key.length; length++) {
      try {
        fail("cut key decodes: length=%d %s", length, codec.decode(Arrays.copyOf(key, length)));
      } catch (MalformedBytesException expected) {
        assertThat(expected).hasMessageContaining("offset=");
      }
    }
  }

  private static void checkOrder(int expected, Object a, Object b) {
    TupleCodec<Object> codec = codecOf(a);
    assertThat(Integer.signum(Arrays.compareUnsigned(codec.encode(a), codec.encode(b))))
        .isEqualTo(Integer.signum(expected));
  }

  private static <T> void checkRefusedOrComesBack(TupleCodec<T> codec, byte[] bytes) {
    T value;
    try {
      value = codec.decode(bytes);
    } catch (MalformedBytesException refused) {
      return;
    }
    assertThat(codec.encode(value)).isEqualTo(bytes);
  }

  @SuppressWarnings("unchecked") // made for the object's own class
  private static TupleCodec<Object> codecOf(Object value) {
    return (TupleCodec<Object>) CodecRegistry.lookup(value.getClass());
  }

  @SuppressWarnings("unchecked") // made for that class
  private static TupleCodec<Object> reflected(Class<?> type) {
    return (TupleCodec<Object>) CodecRegistry.reflected(type, new HashSet<>());
  }
}
