package dev.grantstore.lmdb;

import dev.grantstore.Closing;
import dev.grantstore.keyvalue.YieldPoint;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import org.lmdbjava.Env;

/**
 * Sessions for reading, each lent to one borrower at a time: as many as there are borrowers at the
 * busiest moment. Thread-safe.
 *
 * <p>A thread finds the session again that it gave back, in a place that threads share by number;
 * what finds no place there waits in a queue.
 */
final class SessionPool implements AutoCloseable {
  private static final int PLACES = 16;
  private static final int REFERENCES_PER_CACHE_LINE = 32;

  private final LmdbFile file;
  private final AtomicReferenceArray<@Nullable Session> places =
      new AtomicReferenceArray<>(PLACES * REFERENCES_PER_CACHE_LINE);
  private final ConcurrentLinkedQueue<Session> queue = new ConcurrentLinkedQueue<>();

  SessionPool(LmdbFile file) {
    this.file = file;
  }

  /**
   * A session that stands at this moment.
   *
   * @throws org.lmdbjava.LmdbException if there are as many readers as there may be
   */
  Session borrow() {
    Session idle = places.getAndSet(place(), null);
    if (idle == null) {
      idle = queue.poll();
    }
    YieldPoint.reached(idle == null ? "no session idle" : "session found");
    return idle == null ? open() : begun(idle);
  }

  /** Takes a session back, and leaves the moment it stood at. */
  void giveBack(Session session) {
    boolean ended = false;
    try {
      synchronized (session) {
        session.end();
      }
      ended = true;
    } finally {
      if (!ended) {
        session.close();
      }
    }
    YieldPoint.outside("session ended");
    if (!places.compareAndSet(place(), null, session)) {
      queue.add(session);
    }
  }

  /** Closes all; none is lent any more, since whoever borrows is closed first. */
  @Override
  public void close() {
    List<Session> idle = new ArrayList<>();
    Session next = takeAny();
    while (next != null) {
      idle.add(next);
      next = takeAny();
    }
    Closing.all(idle, "a session did not close");
  }

  private Session open() {
    try {
      return new Session(file);
    } catch (Env.ReadersFullException e) {
      // Those that wait in other threads' places count too.
      Session other = takeAny();
      if (other == null) {
        throw e;
      }
      return begun(other);
    }
  }

  private static Session begun(Session session) {
    boolean begun = false;
    try {
      synchronized (session) {
        session.begin();
      }
      begun = true;
      return session;
    } finally {
      if (!begun) {
        session.close();
      }
    }
  }

  private @Nullable Session takeAny() {
    for (int i = 0; i < PLACES; i++) {
      Session found = places.getAndSet(i * REFERENCES_PER_CACHE_LINE, null);
      if (found != null) {
        return found;
      }
    }
    return queue.poll();
  }

  private static int place() {
    return (int) (Thread.currentThread().getId() % PLACES) * REFERENCES_PER_CACHE_LINE;
  }
}
