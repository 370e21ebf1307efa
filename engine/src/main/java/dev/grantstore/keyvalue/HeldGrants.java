package dev.grantstore.keyvalue;

import dev.grantstore.ContentDigest;
import dev.grantstore.DigestAccumulator;
import dev.grantstore.Grant;
import dev.grantstore.Verification.Kind;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Grants that an index must have, and which of them it was seen to have. Of each its id is held and
 * the 128 bits of its content, not the grant: a payload may be large. Grants beyond {@link
 * #MOST_GRANTS}, or beyond {@link #MOST_ID_CHARS} of their ids together, are not held, so that this
 * takes 20 MiB at most where ids are Latin-1, and 30 MiB where they are not. One thread.
 */
final class HeldGrants {
  static final int MOST_GRANTS = 100_000;
  static final long MOST_ID_CHARS = 8L << 20;

  /** What is known of one. */
  private static final class Held {
    final long high;
    final long low;
    boolean isThere;
    boolean isSeen;

    Held(ContentDigest content) {
      high = content.high();
      low = content.low();
    }

    boolean is(ContentDigest content) {
      return high == content.high() && low == content.low();
    }
  }

  private final Map<String, Held> held = new HashMap<>();
  private final DigestAccumulator sum = new DigestAccumulator();
  private long idChars;
  private boolean isPart;

  /** Holds a grant if there is room. */
  void hold(Grant grant) {
    String id = grant.id();
    if (held.size() == MOST_GRANTS || idChars + id.length() > MOST_ID_CHARS) {
      isPart = true;
    } else if (held.put(id, new Held(content(grant))) == null) {
      idChars += id.length();
    }
  }

  /** {@return whether one with an id is held} */
  boolean has(String id) {
    return held.containsKey(id);
  }

  /** {@return whether there was no room for one} */
  boolean isPart() {
    return isPart;
  }

  /** {@return how many are held} */
  int size() {
    return held.size();
  }

  /** {@return what is wrong with a row of the index, as far as that is known once all are held} */
  Optional<Kind> judge(Grant row) {
    Held grant = held.get(row.id());
    if (grant == null) {
      return isPart ? Optional.empty() : Optional.of(Kind.ORPHAN);
    }
    grant.isSeen = true;
    if (!grant.is(content(row))) {
      return Optional.of(Kind.DIFFERENT);
    }
    if (grant.isThere) {
      return Optional.of(Kind.ORPHAN);
    }
    grant.isThere = true;
    return Optional.empty();
  }

  /** Gives the ids of those of which no row was judged, neither the right one nor another. */
  void missing(Consumer<String> each) {
    held.forEach(
        (id, grant) -> {
          if (!grant.isSeen) {
            each.accept(id);
          }
        });
  }

  private ContentDigest content(Grant grant) {
    ContentDigest before = sum.digest();
    sum.add(grant);
    return sum.digest().minus(before);
  }
}
