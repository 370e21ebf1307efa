package dev.grantstore.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import dev.grantstore.Bytes;
import dev.grantstore.EntitlementRef;
import dev.grantstore.PrincipalRef;
import dev.grantstore.codec.twins.proto.ByPrincipalKeyTwin;
import dev.grantstore.codec.twins.proto.GrantsKeyTwin;
import dev.grantstore.codec.twins.proto.OtherNumbersTwin;
import dev.grantstore.codec.twins.proto.WithChoice;
import dev.grantstore.codec.twins.proto.WithEnum;
import dev.grantstore.codec.twins.proto.WithFloat;
import dev.grantstore.codec.twins.proto.WithItself;
import dev.grantstore.codec.twins.proto.WithMany;
import dev.grantstore.codec.twins.proto.WithMap;
import dev.grantstore.codec.twins.proto.WithNothing;
import dev.grantstore.codec.twins.proto.WithOptional;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CodecRegistryTest {
  private record Node(String text, Optional<String> more) {}

  private record Loop(String text, Loop next) {}

  @SuppressWarnings("ArrayRecordComponent") // that is why it is refused
  private record RawBytes(byte[] raw) {}

  private record WithInstant(String text, Instant at) {}

  private record WithList(List<String> texts) {}

  private record WithDouble(double number) {}

  private record WithBox(Integer number) {}

  private record WithAny<T>(T anything) {}

  private record UnsignedText(@Unsigned String text) {}

  private record Inside(WithDouble inside) {}

  private record Nothing() {}

  private record OfMessage(int number, GrantsKeyTwin key) {}

  private record TwiceTheSame(PrincipalRef one, PrincipalRef other) {}

  record Positive(int number) {
    Positive {
      if (number <= 0) {
        throw new IllegalArgumentException("not positive");
      }
    }
  }

  @Test
  void keyByEntitlementIsGoldenBytes() {
    ByEntitlementKey key =
        new ByEntitlementKey(
            7,
            new EntitlementRef("app", "", "ent"),
            new PrincipalRef("user", "a\u0000\u0001b"),
            "g1");

    // The worked example of rfc/0002.
    assertThat(hex(CodecRegistry.lookup(ByEntitlementKey.class).encode(key)))
        .isEqualTo(
            "00000007"
                + "61707000"
                + "00"
                + "656e7400"
                + "7573657200"
                + "61010101026200"
                + "673100");
  }

  @Test
  void keysOfOneTypeDoNotBeginEachOther() {
    TupleCodec<GrantsKey> codec = CodecRegistry.lookup(GrantsKey.class);

    assertThat(hex(codec.encode(new GrantsKey(1, "ent-1"))))
        .doesNotStartWith(hex(codec.encode(new GrantsKey(1, "ent"))));
  }

  @Test
  void signedNumbersOfAMessageAreSignedOnesOfARecord() {
    record Signed(int s32, int sf32, long s64, long sf64, @Unsigned long f64) {}
    OtherNumbersTwin twin =
        OtherNumbersTwin.newBuilder()
            .setS32(-1)
            .setSf32(-2)
            .setS64(-3)
            .setSf64(-4)
            .setF64(5)
            .build();

    assertThat(CodecRegistry.lookup(Signed.class).encode(new Signed(-1, -2, -3, -4, 5)))
        .isEqualTo(CodecRegistry.lookup(OtherNumbersTwin.class).encode(twin));
  }

  @Test
  void recordMayHoldAMessageAndTheSameTypeTwice() throws MalformedBytesException {
    OfMessage value = new OfMessage(-1, GrantsKeyTwin.newBuilder().setSync(2).build());
    TwiceTheSame twice = new TwiceTheSame(new PrincipalRef("a", ""), new PrincipalRef("", "b"));

    assertThat(hex(CodecRegistry.lookup(OfMessage.class).encode(value)))
        .isEqualTo("7fffffff" + "00000002" + "00");
    TupleCodec<TwiceTheSame> codec = CodecRegistry.lookup(TwiceTheSame.class);
    assertThat(codec.decode(codec.encode(twice))).isEqualTo(twice);
  }

  @Test
  void lookupGivesTheSameCodecToEveryThread() {
    record Fresh(String text) {}

    assertThat(
            IntStream.range(0, 64)
                .parallel()
                .mapToObj(i -> CodecRegistry.lookup(Fresh.class))
                .distinct())
        .hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        Node.class,
        RawBytes.class,
        WithInstant.class,
        WithList.class,
        WithDouble.class,
        WithBox.class,
        WithAny.class,
        UnsignedText.class,
        Inside.class,
      })
  void componentThatNoElementHoldsIsNamedAtLookup(Class<?> type) {
    assertThatThrownBy(() -> CodecRegistry.lookup(type))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching("type cannot be a key, .*: type=\\S+ component=.+ \\w+");
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        WithOptional.class,
        WithMany.class,
        WithMap.class,
        WithChoice.class,
        WithEnum.class,
        WithFloat.class,
      })
  void messageFieldThatNoElementHoldsIsNamedAtLookup(Class<? extends Message> type) {
    assertThatThrownBy(() -> CodecRegistry.lookup(type))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching("type cannot be a key, .*: field=dev.grantstore\\S+ type=\\w+");
  }

  @ParameterizedTest
  @ValueSource(classes = {Loop.class, WithItself.class})
  void typeThatContainsItselfIsRefused(Class<?> type) {
    assertThatThrownBy(() -> CodecRegistry.lookup(type))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("contains itself");
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        String.class,
        int.class,
        Bytes.class,
        Object.class,
        Record.class,
        Message.class,
        DynamicMessage.class,
        Nothing.class,
        WithNothing.class,
      })
  void whatIsNoRecordAndNoMessageOrIsEmptyIsRefused(Class<?> type) {
    assertThatThrownBy(() -> CodecRegistry.lookup(type))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("type cannot be a key, it ");
  }

  @Test
  void messageThatWouldNotComeBackIsRefused() {
    TupleCodec<ByPrincipalKeyTwin> nested = CodecRegistry.lookup(ByPrincipalKeyTwin.class);
    TupleCodec<GrantsKeyTwin> flat = CodecRegistry.lookup(GrantsKeyTwin.class);
    GrantsKeyTwin unknown =
        GrantsKeyTwin.newBuilder()
            .setUnknownFields(
                UnknownFieldSet.newBuilder()
                    .addField(77, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
                    .build())
            .build();

    assertThatThrownBy(() -> nested.encode(ByPrincipalKeyTwin.getDefaultInstance()))
        .hasMessageContaining("lacks a message: field=")
        .hasMessageContaining("principal");
    assertThatThrownBy(() -> flat.encode(unknown)).hasMessageContaining("unknown fields");
  }

  @Test
  void textWithoutUtf8FormIsRefused() {
    record Text(String name) {}
    TupleCodec<Text> codec = CodecRegistry.lookup(Text.class);

    assertThatThrownBy(() -> codec.encode(new Text("\ud800")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("name holds an unpaired surrogate");
    assertThatThrownBy(() -> codec.decode(new byte[] {(byte) 0xff, 0}))
        .isInstanceOf(MalformedBytesException.class)
        .hasMessage("element is not UTF-8: offset=0");
  }

  @Test
  void replacementCharacterIsTextLikeAnyOther() throws MalformedBytesException {
    PrincipalRef ref = new PrincipalRef("\ufffd", "");
    TupleCodec<PrincipalRef> codec = CodecRegistry.lookup(PrincipalRef.class);

    assertThat(codec.decode(codec.encode(ref))).isEqualTo(ref);
  }

  @Test
  void bytesThatTheTypeRefusesAreMalformed() {
    assertThatThrownBy(() -> CodecRegistry.lookup(Positive.class).decode(new byte[4]))
        .isInstanceOf(MalformedBytesException.class)
        .hasMessage("key is refused by its type: not positive");
    assertThatThrownBy(() -> CodecRegistry.lookup(GrantsKey.class).decode(new byte[5]))
        .isInstanceOf(MalformedBytesException.class)
        .hasMessage("key is refused by its type: grant id is empty");
  }

  @Test
  void trailingBytesAreRefused() {
    assertThatThrownBy(() -> CodecRegistry.lookup(PrincipalRef.class).decode(new byte[3]))
        .isInstanceOf(MalformedBytesException.class)
        .hasMessage("key has trailing bytes: offset=2");
  }

  @Test
  void codecsLeaveTheReaderBehindWhatTheyRead() throws MalformedBytesException {
    TupleReader in = new TupleReader();
    byte[] two = "a\0b\0c\0d\0".getBytes(StandardCharsets.US_ASCII);
    in.reset(two, 0, two.length);
    TupleCodec<PrincipalRef> codec = CodecRegistry.lookup(PrincipalRef.class);

    assertThat(codec.decode(in)).isEqualTo(new PrincipalRef("a", "b"));
    assertThat(codec.decode(in)).isEqualTo(new PrincipalRef("c", "d"));
    in.end();
  }

  @Test
  void codecDoesNotKeepItsTypeFromBeingUnloaded() throws Exception {
    WeakReference<ClassLoader> loader = lookUpInALoaderOfItsOwn();
    for (int i = 0; i < 50 && loader.get() != null; i++) {
      System.gc();
      System.runFinalization();
    }

    assertThat(loader.get()).isNull();
  }

  /** Another class of the same name, from a loader that nobody else knows. */
  private static WeakReference<ClassLoader> lookUpInALoaderOfItsOwn() throws Exception {
    URL classes = CodecRegistryTest.class.getProtectionDomain().getCodeSource().getLocation();
    try (URLClassLoader loader = new URLClassLoader(new URL[] {classes}, null)) {
      Class<?> type = loader.loadClass("dev.grantstore.codec.Twins$PrincipalRecord");
      assertThat(type).isNotEqualTo(Twins.PrincipalRecord.class);
      assertThat(CodecRegistry.lookup(type)).isInstanceOf(RecordCodec.class);
      return new WeakReference<>(loader);
    }
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
