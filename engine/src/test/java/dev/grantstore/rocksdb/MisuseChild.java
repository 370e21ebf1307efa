package dev.grantstore.rocksdb;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Runs every misuse one after the other and says which is running, so that a death has a name.
 * Arguments: a folder to work in, and a store that another process holds; or also the name of one
 * scenario.
 */
final class MisuseChild {
  static final String BEGIN = "begin ";
  static final String DONE = "all done";

  private MisuseChild() {}

  static Map<String, Misuse.Scenario> scenarios() {
    Map<String, Misuse.Scenario> all = new LinkedHashMap<>();
    all.put("everyCallOnAClosedStore", ClosedUse::everyCallOnAClosedStore);
    all.put("cursorsOfAClosedStore", ClosedUse::cursorsOfAClosedStore);
    all.put("cursorsOfAClosedSnapshot", ClosedUse::cursorsOfAClosedSnapshot);
    all.put("closedCursors", ClosedUse::closedCursors);
    all.put("snapshotsOfAClosedStore", ClosedUse::snapshotsOfAClosedStore);
    all.put("loadsOfAClosedStore", ClosedUse::loadsOfAClosedStore);
    all.put("closingInAnyOrderTwice", ClosedUse::closingInAnyOrderTwice);
    all.put("nextAfterDamage", ClosedUse::nextAfterDamage);
    all.put("whatIsNeverClosed", ClosedUse::whatIsNeverClosed);
    all.put("missingFolders", Openings::missingFolders);
    all.put("twiceInOneProcess", Openings::twiceInOneProcess);
    all.put("manyAtOnceOnANewFolder", Openings::manyAtOnceOnANewFolder);
    all.put("readers", Races::readers);
    all.put("cursors", Races::cursors);
    all.put("snapshots", Races::snapshots);
    all.put("snapshotAgainstItsOwnClose", Races::snapshotAgainstItsOwnClose);
    all.put("writers", Races::writers);
    all.put("figuresAndSettling", Races::figuresAndSettling);
    all.put("closers", Races::closers);
    all.put("parts", Races::parts);
    all.put("commits", Races::commits);
    all.put("commitAgainstItsOwnClose", Races::commitAgainstItsOwnClose);
    all.put("interruptedCommitThenClose", Races::interruptedCommitThenClose);
    return all;
  }

  /** Exits with 0 after the last scenario, with 3 when one failed. */
  public static void main(String[] arguments) {
    Path folder = Path.of(arguments[0]);
    Path held = Path.of(arguments[1]);
    Map<String, Misuse.Scenario> all = scenarios();
    all.put("heldByAnotherProcess", own -> Openings.heldByAnotherProcess(held));
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    boolean failed = false;
    for (Map.Entry<String, Misuse.Scenario> scenario : all.entrySet()) {
      String name = scenario.getKey();
      if (arguments.length > 2 && !arguments[2].equals(name)) {
        continue;
      }
      out.println(BEGIN + name);
      long start = System.nanoTime();
      try {
        scenario.getValue().run(folder.resolve(name));
        out.printf(Locale.ROOT, "ok %s %d ms%n", name, (System.nanoTime() - start) / 1_000_000);
      } catch (Throwable e) {
        failed = true;
        out.println("FAILED " + name);
        e.printStackTrace(out);
      }
    }
    out.println(failed ? "some failed" : DONE);
    // Not a return: a thread that hangs must not keep the JVM.
    Runtime.getRuntime().halt(failed ? 3 : 0);
  }
}
