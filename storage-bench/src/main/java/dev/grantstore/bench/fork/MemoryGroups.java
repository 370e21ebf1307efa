package dev.grantstore.bench.fork;

import dev.grantstore.Utf8;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Control groups (cgroup v2) in which all memory of a process is limited: heap, native memory, and
 * the pages of files that it reads and writes. A user may make some where the system handed a part
 * of the tree over, with its memory controller: a service of his own, a container. One thread.
 */
final class MemoryGroups {
  /** Puts the shell into the group whose file is named first, then becomes the command. */
  private static final String ENTER = "echo $$ > \"$0\" && exec \"$@\"";

  private static final String LIMIT = "memory.max";
  private static final String SWAP = "memory.swap.max";
  private static final String PROCESSES = "cgroup.procs";
  private static final int TRIES = 100;
  private static final long PAUSE_MILLIS = 20;

  private final Path parent;
  private final Removal removal;

  /** Removes a group, whose files go with it. */
  @FunctionalInterface
  interface Removal {
    void remove(Path group) throws IOException;
  }

  private MemoryGroups(Path parent, Removal removal) {
    this.parent = parent;
    this.removal = removal;
  }

  /** {@return where groups can be made; empty where this user can make none} */
  static Optional<MemoryGroups> find() {
    return find(Path.of("/"), Files::delete);
  }

  /** The same below another root, for tests. */
  static Optional<MemoryGroups> find(Path root, Removal removal) {
    try {
      Optional<Path> tree = tree(root);
      Optional<Path> own =
          Utf8.read(root.resolve("proc/self/cgroup"))
              .lines()
              .filter(line -> line.startsWith("0::/"))
              .findFirst()
              .map(line -> Path.of(line.substring("0::/".length())));
      if (tree.isEmpty() || own.isEmpty()) {
        return Optional.empty();
      }
      // Beside this process, for a group with processes of its own has no groups with limits.
      Path group = tree.get().resolve(own.get()).normalize();
      Path parent = group.equals(tree.get()) ? group : group.getParent();
      return parent == null
          ? Optional.empty()
          : Optional.of(new MemoryGroups(parent, removal)).filter(MemoryGroups::works);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Optional<Path> tree(Path root) throws IOException {
    return Utf8.read(root.resolve("proc/self/mounts"))
        .lines()
        .map(line -> List.of(line.split(" ", -1)))
        .filter(mount -> mount.size() > 2 && mount.get(2).equals("cgroup2"))
        .map(mount -> root.resolve(mount.get(1).substring(1)))
        .findFirst();
  }

  /** Tries it: makes a group, lets a shell enter it, and removes it. */
  private boolean works() {
    try {
      if (!Utf8.read(parent.resolve("cgroup.subtree_control")).contains("memory")) {
        return false;
      }
      try (Group group = limited("trial", 64)) {
        Process shell = new ProcessBuilder(group.entering(List.of("true"))).start();
        return shell.waitFor() == 0;
      }
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * Makes a group; the caller closes it, when its processes have ended.
   *
   * @param name tells it from others of this process
   * @param limitMib how much memory its processes get together; none of it may be swapped out
   * @return the group, without processes
   * @throws IOException if it cannot be made
   */
  Group limited(String name, int limitMib) throws IOException {
    Path path =
        parent.resolve(
            String.format(Locale.ROOT, "grantstore-%d-%s", ProcessHandle.current().pid(), name));
    Files.createDirectory(path);
    Group group = new Group(path, removal);
    try {
      Files.writeString(path.resolve(LIMIT), Long.toString((long) limitMib << 20));
      if (Files.exists(path.resolve(SWAP))) {
        Files.writeString(path.resolve(SWAP), "0");
      }
      return group;
    } catch (IOException e) {
      group.close();
      throw e;
    }
  }

  /** A group that processes may enter. */
  record Group(Path path, Removal removal) implements AutoCloseable {
    /** {@return a command that starts another in the group} */
    List<String> entering(List<String> command) {
      List<String> all =
          new ArrayList<>(List.of("/bin/sh", "-c", ENTER, path.resolve(PROCESSES).toString()));
      all.addAll(command);
      return all;
    }

    /** Removes it: its last process may take a moment to be gone. */
    @Override
    public void close() throws IOException {
      for (int left = TRIES; Files.exists(path); left--) {
        try {
          removal.remove(path);
        } catch (IOException e) {
          if (left == 0) {
            throw e;
          }
          pause();
        }
      }
    }

    private static void pause() throws IOException {
      try {
        Thread.sleep(PAUSE_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted while a control group is removed", e);
      }
    }
  }
}
