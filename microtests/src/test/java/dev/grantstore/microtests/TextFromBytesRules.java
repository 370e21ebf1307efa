package dev.grantstore.microtests;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnitAccess;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.grantstore.Utf8;
import java.util.List;
import java.util.Set;

/**
 * Ids are never altered on the way in: text comes from bytes through {@link Utf8} alone, which
 * repairs nothing, and JSON is parsed from text, because parsers guess encodings of bytes and are
 * lenient about them. Whoever decodes otherwise is named here, with the reason.
 *
 * <p>Run by {@link ArchitectureTest}: to read all classes takes longer than all rules.
 */
final class TextFromBytesRules {
  private static final Set<String> DECODE_OTHERWISE =
      Set.of(
          "BlockFileStore",
          "RecordedDisk",
          // the decoder itself, and views of what a store has checked when it was written
          "Utf8",
          "Utf8View",
          // a store's marks, which are compared with what they must be
          "TextFile",
          // bytes that are ASCII because we made them so
          "IdText",
          // of a page whose texts were all found to be ASCII when it was made
          "PageReader",
          // looks for words in what a JVM and its engine left in a log, as Latin-1
          "LimitedForks",
          "HistogramLogForm",
          "CardCommand",
          "ListReader",
          // compares files before and after, as Latin-1, which loses nothing
          "OpeningTopic",
          // what is measured is the decoding
          "JsonEncoding",
          // what a child process of ours says
          "Child",
          "Judge",
          // what the system says of itself
          "DiskPages",
          "DiskTraffic",
          "ForkLauncher",
          "PeakMemory",
          "ProcessProbe",
          "SystemFiles",
          "FolderTree",
          "Terminal",
          "Trees");

  private static final List<String> DECODERS =
      List.of(
          "java.io.InputStreamReader.<init>",
          "java.io.FileReader.<init>",
          "java.util.Scanner.<init>",
          "java.io.ByteArrayOutputStream.toString",
          "java.nio.charset.Charset.decode",
          "java.nio.charset.CharsetDecoder.decode",
          "java.nio.file.Files.lines",
          "java.nio.file.Files.newBufferedReader",
          "java.nio.file.Files.readAllLines",
          "java.nio.file.Files.readString",
          "com.google.protobuf.ByteString.toStringUtf8");

  private static final Set<String> PARSERS =
      Set.of("createParser", "readTree", "readValue", "readValues");

  private static final Set<String> BYTES =
      Set.of(
          "[B",
          "java.io.DataInput",
          "java.io.File",
          "java.io.InputStream",
          "java.net.URL",
          "java.nio.file.Path");

  @ArchTest
  static final ArchRule textComesFromBytesInOnePlace =
      classes()
          .should(
              notCall(
                  "decode bytes otherwise than by Utf8",
                  (user, target) ->
                      !user.getPackageName().endsWith(".proto")
                          && !DECODE_OTHERWISE.contains(outermost(user).getSimpleName())
                          && decodes(target)));

  @ArchTest
  static final ArchRule jsonIsParsedFromText =
      classes()
          .should(
              notCall(
                  "have JSON parsed from bytes",
                  (user, target) ->
                      target.getOwner().getPackageName().startsWith("com.fasterxml.jackson")
                          && PARSERS.contains(target.getName())
                          && !target.getRawParameterTypes().isEmpty()
                          && BYTES.contains(target.getRawParameterTypes().get(0).getName())));

  /** Says whether a call is one of those. */
  private interface Call {
    boolean is(JavaClass user, CodeUnitAccessTarget target);
  }

  private static boolean decodes(CodeUnitAccessTarget target) {
    String owner = target.getOwner().getName();
    boolean ofBytes =
        !target.getRawParameterTypes().isEmpty()
            && target.getRawParameterTypes().get(0).getName().equals("[B");
    return (owner.equals("java.lang.String") && target.getName().equals("<init>") && ofBytes)
        || DECODERS.contains(owner + "." + target.getName());
  }

  private static JavaClass outermost(JavaClass user) {
    return user.getEnclosingClass().map(TextFromBytesRules::outermost).orElse(user);
  }

  private static ArchCondition<JavaClass> notCall(String what, Call forbidden) {
    return new ArchCondition<>("not " + what) {
      @Override
      public void check(JavaClass user, ConditionEvents events) {
        for (JavaAccess<?> access : user.getAccessesFromSelf()) {
          if (access instanceof JavaCodeUnitAccess<?> call
              && forbidden.is(user, call.getTarget())) {
            events.add(SimpleConditionEvent.violated(access, access.getDescription()));
          }
        }
      }
    };
  }
}
