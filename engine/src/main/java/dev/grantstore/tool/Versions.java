package dev.grantstore.tool;

import dev.grantstore.GrantStoreProvider;
import dev.grantstore.GrantStores;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;

/** Which version of everything this is: what {@code --version} says, and what to report. */
public final class Versions {
  private static final Properties BUILD = build();

  private Versions() {}

  /** {@return the version of the tools, with the commit that they were built from} */
  public static String tool() {
    return String.format(Locale.ROOT, "%s (%s)", known("version"), known("commit"));
  }

  /**
   * {@return the tool's version, then the JDK's and that of each engine on the class path}
   *
   * @param tool its name
   */
  static List<String> lines(String tool) {
    List<String> lines = new ArrayList<>();
    lines.add(String.format(Locale.ROOT, "%s %s", tool, tool()));
    lines.add(
        String.format(
            Locale.ROOT,
            "java %s (%s)",
            System.getProperty("java.vm.version"),
            System.getProperty("java.vm.name")));
    for (GrantStoreProvider engine : GrantStores.providers().values()) {
      lines.add(String.format(Locale.ROOT, "%s: %s", engine.scheme(), version(engine)));
    }
    return lines;
  }

  private static String version(GrantStoreProvider engine) {
    try {
      return engine.engineVersion();
    } catch (LinkageError | RuntimeException e) {
      return "library is missing";
    }
  }

  /** What the build did not fill in, such as outside Maven, or without git, is unknown. */
  private static String known(String name) {
    String value = BUILD.getProperty(name, "");
    return value.isEmpty() || value.startsWith("$") ? "unknown" : value;
  }

  private static Properties build() {
    Properties build = new Properties();
    try (InputStream in = Versions.class.getResourceAsStream("build.properties")) {
      if (in != null) {
        build.load(in);
      }
    } catch (IOException e) {
      // Then it is unknown, which is no reason to fail.
      build.clear();
    }
    return build;
  }
}
