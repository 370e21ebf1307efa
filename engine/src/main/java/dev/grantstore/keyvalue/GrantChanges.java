package dev.grantstore.keyvalue;

import dev.grantstore.Grant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/** What writes do to the grants of a sync. */
final class GrantChanges {
  /** What is done with one grant, or with the id of one. */
  interface Action<T> {
    void accept(T one) throws Exception;
  }

  private GrantChanges() {}

  /** Puts grants with different ids. */
  static KeyValueWrites.Change puts(Collection<Grant> grants) {
    return (rows, sync) -> forEach(rows, sync, grants, Grant::id, grant -> rows.put(sync, grant));
  }

  /** Puts those of grants with different ids that are newer than what is there, and counts them. */
  static KeyValueWrites.Change newerPuts(Collection<Grant> grants, AtomicLong put) {
    return (rows, sync) ->
        forEach(
            rows,
            sync,
            grants,
            Grant::id,
            grant -> put.addAndGet(rows.putIfNewer(sync, grant) ? 1 : 0));
  }

  /** Deletes those that are there. */
  static KeyValueWrites.Change deletes(Collection<String> grantIds) {
    return (rows, sync) ->
        forEach(rows, sync, grantIds, id -> id, id -> rows.deleteIfStored(sync, id));
  }

  /**
   * Does the same with all, one after the other, each of which looks for the row of one grant: they
   * are asked for together where that is quicker.
   *
   * @param rows of the write
   * @param sync the number of the grants' sync
   * @param all of different grants
   * @param id tells the grant's id
   * @param action what is done
   */
  static <T> void forEach(
      RowWrites rows, int sync, Collection<T> all, Function<T, String> id, Action<T> action)
      throws Exception {
    int atOnce = rows.readsAtOnce();
    List<T> some = new ArrayList<>();
    for (Iterator<T> left = all.iterator(); left.hasNext(); ) {
      some.add(left.next());
      if (some.size() >= atOnce || !left.hasNext()) {
        if (atOnce > 1) {
          rows.readAhead(sync, some.stream().map(id).toList());
        }
        for (T one : some) {
          action.accept(one);
        }
        some.clear();
      }
    }
  }
}
