package dev.grantstore.bench.fork;

import dev.grantstore.Utf8;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Control groups (cgroup v2) in which all memory of a process is limited: heap, native memory, and
 * the pages of files that it reads and writes. A user may make some where the system handed a part
 * of the tree over, with its memory controller: a service of his own, a container. One thread.
 */
public final class MemoryGroups {
  /** Puts the shell into the group whose file is named first, then becomes the command. */
  private static final String ENTER = "echo $$ > \"$0\" || exit 96; exec \"$@\"";

  private static final String PREFIX = "grantstore-";
  private static final Pattern OF_PROCESS = Pattern.compile(PREFIX + "(\\d{1,18})-.*");
  private static final String EVENTS = "memory.events";

  private static final Logger LOG = Logger.getLogger(MemoryGroups.class.getName());
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

  /**
   * {@return the folder in which groups can be made; empty where this user can make none} It is
   * tried, and what processes left there that are no more is removed: ask once for a run.
   */
  public static Optional<Path> findParent() {
    return find(Path.of("/"), Files::delete).map(groups -> groups.parent);
  }

  /** {@return groups in a folder that {@link #findParent} gave} */
  static MemoryGroups in(Path parent) {
    return new MemoryGroups(parent, Files::delete);
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
      removeLeft();
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

  /** One with processes cannot be removed; and one that cannot be is in nobody's way. */
  private void removeLeft() throws IOException {
    try (DirectoryStream<Path> all = Files.newDirectoryStream(parent, PREFIX + "*")) {
      for (Path each : all) {
        Matcher name = OF_PROCESS.matcher(String.valueOf(each.getFileName()));
        if (name.matches() && ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty()) {
          try {
            removal.remove(each);
          } catch (IOException e) {
            LOG.log(Level.FINE, "control group stays", e);
          }
        }
      }
    }
  }

  /**
   * Makes a group; the caller closes it, when its processes have ended.
   *
   * @param name says what it is for
   * @param limitMib how much memory its processes get together; none of it may be swapped out
   * @return the group, without processes
   * @throws IOException if it cannot be made
   */
  Group limited(String name, int limitMib) throws IOException {
    Path path =
        parent.resolve(
            String.format(
                Locale.ROOT,
                "%s%d-%s-%s",
                PREFIX,
                ProcessHandle.current().pid(),
                UUID.randomUUID().toString().substring(0, 13),
                name));
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

    /** {@return whether the system ended a process of it for want of memory} */
    boolean killed() throws IOException {
      Path events = path.resolve(EVENTS);
      return Files.exists(events)
          && Utf8.read(events)
              .lines()
              .anyMatch(line -> line.startsWith("oom_kill ") && !line.equals("oom_kill 0"));
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
