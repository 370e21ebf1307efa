package dev.grantstore.equivalence.replay;

import dev.grantstore.equivalence.workload.Settings;
import dev.grantstore.equivalence.workload.Workload;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A workload as text, and what it is expected to come to. Immutable.
 *
 * <pre>
 * #! equiv-replay 1
 * # any remark
 * seed 4711
 * id a = "u%00x"                        percent-escaped UTF-8; %{41*300} repeats a byte
 * sync S0 = "s"
 * settings O0 = durability=BULK rocksdb.block_size=64    the first is what the store is made with
 * 1 startSync sync=S0
 * 2 putAll sync=S0 [id=a ent=a/a/a prin=a/a value=3; id=a ent=a/a/a prin=a/a value=0]
 * 3 listRows sync=S0 list=byEntitlement of=a/a/a page=1
 * expect fail O4/listRows/missing-row   or: expect pass
 * </pre>
 *
 * <p>The numbers before operations are for readers; they may be left out or be wrong. A file may
 * begin with a byte order mark, and its lines may end in CR LF. The line {@code expect} is the end
 * mark: a file without it was cut, and so was one whose signature has no line end. Outside remarks
 * all is printable ASCII.
 *
 * @param remarks the lines of remarks, without their mark
 * @param workload what is done
 * @param signature how it is expected to fail; empty if it is expected to pass
 */
public record ReplayFile(List<String> remarks, Workload workload, Optional<String> signature) {
  static final int VERSION = 1;
  static final String FIRST_LINE = "#! equiv-replay " + VERSION;

  /** Copies the remarks and refuses nulls. */
  public ReplayFile {
    remarks = List.copyOf(remarks);
    Objects.requireNonNull(workload, "workload");
    Objects.requireNonNull(signature, "signature");
    for (String remark : remarks) {
      if (!remark.equals(remark.strip()) || remark.lines().count() > 1) {
        throw new IllegalArgumentException("a remark is one line: " + remark);
      }
    }
  }

  /**
   * {@return the file of a workload that is expected to pass}
   *
   * @param workload what is done
   */
  public static ReplayFile passing(Workload workload) {
    return new ReplayFile(List.of(), workload, Optional.empty());
  }

  /**
   * {@return what a text says}
   *
   * @param text a whole file
   * @throws ReplaySyntaxException with line and column
   */
  public static ReplayFile parse(String text) {
    return new ReplayParser().parse(text);
  }

  /** {@return the text, which {@link #parse} makes equal to this} */
  public String text() {
    StringBuilder out = new StringBuilder(FIRST_LINE).append('\n');
    remarks.forEach(remark -> out.append("# ").append(remark).append('\n'));
    out.append("seed ").append(workload.seed()).append('\n');
    for (int i = 0; i < workload.ids().size(); i++) {
      name(out, "id", Names.id(i), workload.ids().get(i));
    }
    for (int i = 0; i < workload.syncs().size(); i++) {
      name(out, "sync", Names.sync(i), workload.syncs().get(i));
    }
    if (!workload.settings().equals(List.of(Settings.DEFAULTS))) {
      for (int i = 0; i < workload.settings().size(); i++) {
        String line = "settings " + Names.settings(i) + " = " + workload.settings().get(i).text();
        out.append(line.stripTrailing()).append('\n');
      }
    }
    for (int i = 0; i < workload.ops().size(); i++) {
      out.append(i + 1).append(' ').append(OpText.of(workload.ops().get(i))).append('\n');
    }
    out.append("expect ").append(signature.map(s -> "fail " + s).orElse("pass"));
    return out.append('\n').toString();
  }

  private static void name(StringBuilder out, String what, String name, String text) {
    out.append(what).append(' ').append(name).append(" = \"");
    out.append(PercentText.encode(text)).append("\"\n");
  }
}
