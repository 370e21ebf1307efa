package dev.grantstore.sqlite;

import java.util.Locale;

/**
 * The statements on one table. All tables have a key and a value; SQLite compares BLOBs as unsigned
 * bytes, which is the order of the keys, and a table WITHOUT ROWID is kept in the order of its key.
 *
 * @param create makes the table
 * @param get the value of a key
 * @param list keys and values from one key on, in order
 * @param before the last key before another, and its value
 * @param put inserts or replaces a row
 * @param delete deletes the row of a key
 * @param deleteRange deletes the rows from one key on and before another
 */
record TableSql(
    String create,
    String get,
    String list,
    String before,
    String put,
    String delete,
    String deleteRange) {
  private static final String RANGE = " WHERE key >= ? AND key < ?";

  static TableSql of(String table) {
    String name = '"' + table + '"';
    return new TableSql(
        String.format(
            Locale.ROOT,
            "CREATE TABLE %s (key BLOB NOT NULL PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID",
            name),
        "SELECT value FROM " + name + " WHERE key = ?",
        "SELECT key, value FROM " + name + " WHERE key >= ? ORDER BY key",
        "SELECT key, value FROM " + name + " WHERE key < ? ORDER BY key DESC LIMIT 1",
        "INSERT OR REPLACE INTO " + name + " (key, value) VALUES (?, ?)",
        "DELETE FROM " + name + " WHERE key = ?",
        "DELETE FROM " + name + RANGE);
  }
}
