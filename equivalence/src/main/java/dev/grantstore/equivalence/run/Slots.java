package dev.grantstore.equivalence.run;

import dev.grantstore.BulkLoad;
import dev.grantstore.BulkPart;
import dev.grantstore.GrantCursor;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantSnapshot;
import dev.grantstore.PageToken;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a run holds open, and the page tokens it keeps. One thread. */
final class Slots {
  private final Map<Integer, GrantSnapshot> snapshots = new TreeMap<>();
  private final Map<Integer, GrantCursor> cursors = new TreeMap<>();
  private final Map<Integer, Load> loads = new TreeMap<>();
  private final Map<Integer, Token> tokens = new TreeMap<>();

  /** A bulk load, the parts that are open in it, and when its sync is said to have ended. */
  record Load(BulkLoad load, List<BulkPart> parts, Instant endedAt) {}

  /** A page token and the list it belongs to. */
  record Token(GrantQuery query, PageToken after) {}

  @Nullable GrantSnapshot snapshot(int slot) {
    return snapshots.get(slot);
  }

  void keep(int slot, GrantSnapshot snapshot) {
    snapshots.put(slot, snapshot);
  }

  /** {@return whether there was one} */
  boolean release(int slot) {
    GrantSnapshot snapshot = snapshots.remove(slot);
    if (snapshot == null) {
      return false;
    }
    snapshot.close();
    return true;
  }

  @Nullable GrantCursor cursor(int slot) {
    return cursors.get(slot);
  }

  void keep(int slot, GrantCursor cursor) {
    cursors.put(slot, cursor);
  }

  /** {@return whether there was one} */
  boolean closeCursor(int slot) {
    GrantCursor cursor = cursors.remove(slot);
    if (cursor == null) {
      return false;
    }
    cursor.close();
    return true;
  }

  @Nullable Load load(int slot) {
    return loads.get(slot);
  }

  void keep(int slot, Load load) {
    loads.put(slot, load);
  }

  /** {@return whether there was one} */
  boolean closeLoad(int slot) {
    Load load = loads.remove(slot);
    if (load == null) {
      return false;
    }
    load.load().close();
    return true;
  }

  @Nullable Token token(int slot) {
    return tokens.get(slot);
  }

  void keep(int slot, Token token) {
    tokens.put(slot, token);
  }

  void forgetToken(int slot) {
    tokens.remove(slot);
  }

  /** Closes snapshots, cursors and loads; tokens stay. */
  void closeAll() {
    List.copyOf(loads.keySet()).forEach(this::closeLoad);
    List.copyOf(cursors.keySet()).forEach(this::closeCursor);
    List.copyOf(snapshots.keySet()).forEach(this::release);
  }

  /**
   * {@return what can still be used although its store is closed}; then closes and forgets it all
   */
  List<String> stillAlive() {
    List<String> alive = new ArrayList<>();
    cursors.forEach((slot, cursor) -> note(alive, "cursor " + slot, cursor::next));
    snapshots.forEach((slot, snapshot) -> note(alive, "snapshot " + slot, snapshot::syncs));
    loads.forEach((slot, load) -> note(alive, "load " + slot, load.load()::openPart));
    closeAll();
    return alive;
  }

  private static void note(List<String> alive, String name, Runnable use) {
    try {
      use.run();
      alive.add(name);
    } catch (IllegalStateException e) {
      // as it should be
    }
  }
}
