package dev.grantstore.sqlite;

import java.sql.SQLException;

/** Where reads have their session from. Thread-safe. */
interface SessionSource {
  /** A session to read from; used under its monitor, and given back. */
  Session borrow() throws SQLException;

  void giveBack(Session session) throws SQLException;
}
