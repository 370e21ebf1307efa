package dev.grantstore.keyvalue;

import java.nio.charset.Charset;
import java.nio.file.Path;

/** A file's name with all that addresses, command lines and encodings have stumbled over. */
public final class AnyName {
  private static final String PLAIN = "a b?c#d%20;&=";
  private static final char BEYOND_ASCII = '\u00fc';

  private AnyName() {}

  /** Where the JDK cannot name files so, as 17 in the C locale, without what is beyond ASCII. */
  public static Path in(Path folder) {
    boolean canBeNamed =
        Charset.forName(System.getProperty("sun.jnu.encoding"))
            .newEncoder()
            .canEncode(BEYOND_ASCII);
    return folder.resolve(canBeNamed ? PLAIN + BEYOND_ASCII : PLAIN);
  }
}
