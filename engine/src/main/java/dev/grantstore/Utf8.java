package dev.grantstore;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * The one way from bytes to text. Nothing is repaired, replaced or normalised: bytes are UTF-8 as
 * the standard has it and become the text they stand for, or they are refused with their place.
 * Refused are overlong forms, surrogates, what lies beyond U+10FFFF, and sequences cut short. A
 * U+FFFD that stands in the bytes stays.
 */
public final class Utf8 {
  /** What an editor may put at the start of a text. */
  public static final char BYTE_ORDER_MARK = '\ufeff';

  /** What lenient decoders put where they could not read. */
  private static final char REPLACEMENT = '\ufffd';

  private Utf8() {}

  /**
   * {@return the text of some bytes}
   *
   * @param bytes all of it
   * @throws NotUtf8Exception if they are not UTF-8
   */
  public static String decode(byte[] bytes) throws NotUtf8Exception {
    return decode(bytes, 0, bytes.length);
  }

  /**
   * {@return the text of a part of an array}
   *
   * @param bytes holds it
   * @param offset where it starts
   * @param length how many bytes it has
   * @throws NotUtf8Exception if they are not UTF-8; places count from {@code offset}
   */
  public static String decode(byte[] bytes, int offset, int length) throws NotUtf8Exception {
    int end = offset + length;
    int at = offset;
    while (at < end) {
      int next = bytes[at] >= 0 ? at + 1 : sequenceEnd(bytes, at, end);
      if (next < 0) {
        throw refused(bytes, offset, at, end);
      }
      at = next;
    }
    return new String(bytes, offset, length, StandardCharsets.UTF_8);
  }

  /**
   * {@return the text of a file, without the byte order mark it may begin with}
   *
   * @param file read whole
   * @throws NotUtf8Exception if it is not UTF-8, or {@linkplain #otherEncoding looks like} another
   *     encoding
   * @throws IOException if it cannot be read
   */
  public static String read(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    Optional<String> other = otherEncoding(bytes, bytes.length);
    if (other.isPresent()) {
      throw new NotUtf8Exception("looks like " + other.get(), 0, 1, 1);
    }
    String text = decode(bytes);
    return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
  }

  /**
   * {@return the encoding that a text's first bytes look like, if it is not UTF-8: UTF-16 or
   * UTF-32, with or without a byte order mark}
   *
   * @param start the first bytes, four of them if there are as many
   * @param length how many there are
   */
  public static Optional<String> otherEncoding(byte[] start, int length) {
    StringBuilder shape = new StringBuilder();
    for (int i = 0; i < Math.min(length, 4); i++) {
      int value = start[i] & 0xff;
      shape.append(value == 0 ? '0' : value == 0xfe ? '<' : value == 0xff ? '>' : 'x');
    }
    return switch (shape.toString()) {
      case "><00" -> Optional.of("UTF-32 (little-endian)");
      case "00<>" -> Optional.of("UTF-32 (big-endian)");
      default ->
          shape.indexOf("><") == 0
              ? Optional.of("UTF-16 (little-endian)")
              : shape.indexOf("<>") == 0
                  ? Optional.of("UTF-16 (big-endian)")
                  : withoutMark(shape.toString());
    };
  }

  /** Syntax and names are ASCII, so that every second byte or three of four are zero. */
  private static Optional<String> withoutMark(String shape) {
    return switch (shape) {
      case "x000" -> Optional.of("UTF-32 (little-endian)");
      case "000x" -> Optional.of("UTF-32 (big-endian)");
      case "x0x0", "x0x", "x0" -> Optional.of("UTF-16 (little-endian)");
      case "0x0x", "0x0", "0x" -> Optional.of("UTF-16 (big-endian)");
      default -> Optional.empty();
    };
  }

  /**
   * Refuses what a decoder before us could not read: the JVM decodes a program's arguments and
   * environment by the locale, and where that is not UTF-8 it puts U+FFFD in place of what it does
   * not know, so that two ids become one.
   *
   * @param name what was given, for the message
   * @param text as the JVM gives it
   * @return {@code text}
   * @throws IllegalArgumentException if it holds U+FFFD or an unpaired surrogate
   */
  public static String checkGiven(String name, String text) {
    Ids.checkWellFormed(name, text);
    if (text.indexOf(REPLACEMENT) >= 0) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s holds what is no UTF-8, or the locale is not UTF-8 (set LC_ALL=C.UTF-8): %s",
              name,
              Excerpt.of(text)));
    }
    return text;
  }

  /** Where the sequence ends that starts with a byte over 0x7f, or -1 if it is malformed. */
  private static int sequenceEnd(byte[] bytes, int at, int end) {
    int lead = bytes[at] & 0xff;
    int more = lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : 1;
    if (lead < 0xc2 || lead > 0xf4 || at + more >= end) {
      return -1;
    }
    int second = bytes[at + 1] & 0xff;
    if (second < leastSecond(lead) || second > mostSecond(lead)) {
      return -1;
    }
    for (int i = 2; i <= more; i++) {
      if (!isContinuation(bytes[at + i])) {
        return -1;
      }
    }
    return at + more + 1;
  }

  private static boolean isContinuation(byte b) {
    return (b & 0xc0) == 0x80;
  }

  private static NotUtf8Exception refused(byte[] bytes, int offset, int at, int end) {
    int line = 1;
    int start = offset;
    for (int i = offset; i < at; i++) {
      if (bytes[i] == '\n') {
        line++;
        start = i + 1;
      }
    }
    int shown = at + 1;
    while (shown < end && shown < at + 4 && isContinuation(bytes[shown])) {
      shown++;
    }
    StringBuilder hex = new StringBuilder();
    for (int i = at; i < shown; i++) {
      hex.append(i > at ? " " : "").append(String.format(Locale.ROOT, "%02x", bytes[i] & 0xff));
    }
    String problem = String.format(Locale.ROOT, "%s: %s", kind(bytes, at, shown), hex);
    return new NotUtf8Exception(problem, at - offset, line, at - start + 1);
  }

  private static String kind(byte[] bytes, int at, int shown) {
    int lead = bytes[at] & 0xff;
    if (isContinuation(bytes[at])) {
      return "continuation byte without a start";
    }
    if (lead >= 0xf8 || (lead < 0xc2 && shown == at + 1)) {
      return "byte that UTF-8 does not have";
    }
    // The first of what follows shows it, and zero stands for nothing that follows.
    int second = shown > at + 1 ? bytes[at + 1] & 0xff : 0;
    if (lead < 0xc2 || (second != 0 && second < leastSecond(lead))) {
      return "overlong form";
    }
    if (lead == 0xed && second > mostSecond(lead)) {
      return "surrogate";
    }
    return lead > 0xf4 || second > mostSecond(lead) ? "beyond U+10FFFF" : "sequence is cut short";
  }

  private static int leastSecond(int lead) {
    return lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
  }

  private static int mostSecond(int lead) {
    return lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
  }
}
