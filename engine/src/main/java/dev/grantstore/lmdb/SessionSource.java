package dev.grantstore.lmdb;

/** Where reads get the session from that they use, and where they leave it. Thread-safe. */
interface SessionSource {
  /** A session that stands at a moment; used under its monitor, and given back. */
  Session borrow();

  /**
   * Takes a session back.
   *
   * @param session lent before
   */
  void giveBack(Session session);
}
