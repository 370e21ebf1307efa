package dev.grantstore.equivalence.fault;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What was done to the files below a folder, in order, and from that what a disk may hold of them
 * after a loss of power at any moment. Immutable once it was read.
 *
 * <p>The rules are POSIX's and no file system's:
 *
 * <ul>
 *   <li>What was written to a file, and its length, is there for certain once that file was synced;
 *       of later writes any may be there, page by page, each page as of some moment.
 *   <li>A name that was made, renamed or removed is so for certain once its folder was synced; of
 *       later changes of names any may have been made. A rename is made whole or not at all, and is
 *       certain with the folder that has the new name.
 *   <li>A write to a file that was opened to sync each write is certain by itself, and so is what
 *       was written to its pages before.
 * </ul>
 */
final class RecordedDisk {
  private static final int HEAD_BYTES = 40;

  private final List<Mark> marks = new ArrayList<>();
  private final List<NameChange> nameChanges = new ArrayList<>();
  private final List<Integer> syncs = new ArrayList<>();
  private final List<Integer> syncsOfAll = new ArrayList<>();
  private final Inode top = new Inode("", true);
  private final Predicate<String> forgotten;
  private int events;

  /**
   * What the writer said.
   *
   * @param event how many events there were before
   * @param text a line
   */
  record Mark(int event, String text) {}

  /** A file or a folder, by whatever names. */
  private static final class Inode {
    /** The path at first. */
    final String path;

    final boolean isFolder;
    final List<FileChange> changes = new ArrayList<>();
    final List<Integer> syncs = new ArrayList<>();

    /** The names in a folder, while the log is read. */
    final Map<String, Inode> names = new HashMap<>();

    Inode(String path, boolean isFolder) {
      this.path = path;
      this.isFolder = isFolder;
    }
  }

  /** Names that change together; certain once a folder was synced. */
  private record NameChange(int event, Inode certainBy, List<Entry> entries) {}

  private record Entry(Inode folder, String name, @Nullable Inode now) {}

  private RecordedDisk(Predicate<String> forgotten) {
    this.forgotten = forgotten;
  }

  /**
   * {@return what was recorded}
   *
   * @param log what the recorder wrote
   * @param root the folder, which was empty at first
   * @param forgotten tells by its path below the root which file's syncs are passed over, as if the
   *     engine had forgotten them
   * @throws CannotRecordException if something was done that the recorder does not know
   */
  static RecordedDisk read(Path log, Path root, Predicate<String> forgotten)
      throws IOException, CannotRecordException {
    RecordedDisk disk = new RecordedDisk(forgotten);
    ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(log)).order(ByteOrder.nativeOrder());
    Map<Integer, Inode> open = new HashMap<>();
    while (in.remaining() >= HEAD_BYTES) {
      disk.readEvent(in, root.toString(), open);
    }
    return disk;
  }

  /** {@return how many events there are} */
  int events() {
    return events;
  }

  List<Mark> marks() {
    return marks;
  }

  private void readEvent(ByteBuffer in, String root, Map<Integer, Inode> open)
      throws CannotRecordException {
    char type = (char) in.getInt();
    Inode file = open.getOrDefault(in.getInt(), top);
    long at = in.getLong();
    long length = in.getLong();
    byte[] path1 = new byte[in.getInt()];
    byte[] path2 = new byte[in.getInt()];
    byte[] data = new byte[Math.toIntExact(in.getLong())];
    int handle = in.getInt(in.position() - HEAD_BYTES + Integer.BYTES);
    in.get(path1).get(path2).get(data);
    String name = text(path1).substring(Math.min(path1.length, root.length()));
    String newName = text(path2).substring(Math.min(path2.length, root.length()));
    int event = events++;
    switch (type) {
      case 'O' -> open.put(handle, opened(event, name, (at & 2) != 0));
      case 'W' -> file.changes.add(FileChange.write(event, at, data, length != 0));
      case 'T' -> file.changes.add(FileChange.resize(event, length));
      case 'Z' -> file.changes.add(FileChange.zero(event, at, length));
      case 'S' -> {
        if (!forgotten.test(file.path)) {
          file.syncs.add(event);
          syncs.add(event);
        }
      }
      case 'Y' -> {
        syncsOfAll.add(event);
        syncs.add(event);
      }
      case 'R' -> renamed(event, name, newName);
      case 'L' -> changeNames(event, entry(newName, require(name)));
      case 'U' -> changeNames(event, entry(name, null));
      case 'D' -> changeNames(event, entry(name, new Inode(name, true)));
      case 'M' -> marks.add(new Mark(events, text(data).strip()));
      default -> throw new CannotRecordException("what happened is not known: " + text(path1));
    }
  }

  private Inode opened(int event, String path, boolean isEmptied) {
    Inode found = find(path);
    if (found == null) {
      found = new Inode(path, false);
      changeNames(event, entry(path, found));
    } else if (isEmptied && !found.changes.isEmpty()) {
      found.changes.add(FileChange.resize(event, 0));
    }
    return found;
  }

  private void renamed(int event, String from, String to) {
    Inode moved = require(from);
    if (find(to) != moved) { // else two names of one file stay as they are
      changeNames(event, entry(to, moved), entry(from, null));
    }
  }

  private void changeNames(int event, Entry... entries) {
    for (Entry entry : entries) {
      if (entry.now == null) {
        entry.folder.names.remove(entry.name);
      } else {
        entry.folder.names.put(entry.name, entry.now);
      }
    }
    nameChanges.add(new NameChange(event, entries[0].folder, List.of(entries)));
  }

  private Entry entry(String path, @Nullable Inode now) {
    int slash = path.lastIndexOf('/');
    return new Entry(require(path.substring(0, slash)), path.substring(slash + 1), now);
  }

  private @Nullable Inode find(String path) {
    Inode found = top;
    for (String name : path.split("/", -1)) {
      if (!name.isEmpty()) {
        found = found == null ? null : found.names.get(name);
      }
    }
    return found;
  }

  private Inode require(String path) {
    Inode found = find(path);
    if (found == null) {
      throw new IllegalStateException("not recorded how it came to be: " + path);
    }
    return found;
  }

  /**
   * {@return what the disk holds, by the paths below the folder; those of folders end with a slash}
   *
   * @param cut how many events there were
   * @param survival which of the uncertain changes are there
   */
  SortedMap<String, byte[]> image(int cut, Survival survival) {
    SplittableRandom random = new SplittableRandom(survival.seed());
    Map<Inode, Map<String, Inode>> names = names(cut, survival.names(), random);
    SortedMap<String, byte[]> image = new TreeMap<>();
    addAll(image, "", top, names, cut, survival, random);
    return image;
  }

  private void addAll(
      SortedMap<String, byte[]> image,
      String path,
      Inode folder,
      Map<Inode, Map<String, Inode>> names,
      int cut,
      Survival survival,
      SplittableRandom random) {
    Map<String, Inode> inside = names.getOrDefault(folder, Map.of());
    for (Map.Entry<String, Inode> entry : new TreeMap<>(inside).entrySet()) {
      Inode found = entry.getValue();
      String name = path + entry.getKey();
      if (found.isFolder) {
        image.put(name + "/", new byte[0]);
        addAll(image, name + "/", found, names, cut, survival, random);
      } else {
        int certain = lastBefore(cut, found.syncs);
        SplittableRandom own = random.split();
        image.put(name, FileContent.of(found.changes, certain, cut, survival.data(own), own));
      }
    }
  }

  private Map<Inode, Map<String, Inode>> names(
      int cut, Survival.Names how, SplittableRandom random) {
    List<NameChange> uncertain = new ArrayList<>();
    List<NameChange> before = nameChanges.stream().filter(change -> change.event < cut).toList();
    int lastSync = how == Survival.Names.ORDERED ? lastBefore(cut, syncs) : -1;
    for (NameChange change : before) {
      if (change.event > Math.max(lastSync, lastBefore(cut, change.certainBy.syncs))) {
        uncertain.add(change);
      }
    }
    int one = uncertain.isEmpty() ? 0 : random.nextInt(uncertain.size());
    Map<Inode, Map<String, Inode>> names = new HashMap<>();
    for (NameChange change : before) {
      int place = uncertain.indexOf(change);
      if (place >= 0 && !how.keeps(place, one, random)) {
        continue;
      }
      for (Entry entry : change.entries) {
        Map<String, Inode> inside = names.computeIfAbsent(entry.folder, any -> new HashMap<>());
        if (entry.now == null) {
          inside.remove(entry.name);
        } else {
          inside.put(entry.name, entry.now);
        }
      }
    }
    return names;
  }

  /** The last sync before a moment; -1 if there was none. */
  private int lastBefore(int cut, List<Integer> own) {
    return Math.max(last(cut, own), last(cut, syncsOfAll));
  }

  private static int last(int cut, List<Integer> sorted) {
    for (int i = sorted.size() - 1; i >= 0; i--) {
      if (sorted.get(i) < cut) {
        return sorted.get(i);
      }
    }
    return -1;
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /**
   * Looks whether what was recorded is all that was done.
   *
   * @param root the folder as it is now
   * @throws CannotRecordException if it is another
   */
  void requireSame(Path root) throws IOException, CannotRecordException {
    SortedMap<String, byte[]> image = image(events, Survival.EVERYTHING);
    SortedMap<String, byte[]> found = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(root)) {
      for (Path path : paths.skip(1).toList()) {
        String name = root.relativize(path).toString();
        if (Files.isDirectory(path)) {
          found.put(name + "/", new byte[0]);
        } else {
          found.put(name, Files.readAllBytes(path));
        }
      }
    }
    if (!image.keySet().equals(found.keySet())) {
      throw new CannotRecordException(
          String.format(
              Locale.ROOT,
              "not everything was recorded: recorded=%s found=%s",
              image.keySet(),
              found.keySet()));
    }
    for (Map.Entry<String, byte[]> file : found.entrySet()) {
      if (!Arrays.equals(file.getValue(), image.get(file.getKey()))) {
        throw new CannotRecordException("not everything was recorded of file " + file.getKey());
      }
    }
  }
}
