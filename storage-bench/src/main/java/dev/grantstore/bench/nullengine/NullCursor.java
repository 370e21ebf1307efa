package dev.grantstore.bench.nullengine;

import dev.grantstore.Grant;
import dev.grantstore.GrantBatch;
import dev.grantstore.GrantCursor;
import dev.grantstore.IdColumn;
import dev.grantstore.IdField;
import dev.grantstore.Utf8View;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Stands on the same row a given number of times. Batches are about equally long, so that one is
 * filled once and ready-made afterwards; nobody else may fill it then.
 */
final class NullCursor implements GrantCursor {
  private static final IdField[] IDS = IdField.values();

  private final Grant grant;
  private final Utf8View[] ids = new Utf8View[IdField.COUNT];
  private final long rows;
  private long left;
  private @Nullable GrantBatch filled;
  private int filledRows;

  NullCursor(Grant grant, long rows) {
    this.grant = grant;
    this.rows = rows;
    List<String> texts =
        List.of(
            grant.id(),
            grant.entitlement().resourceTypeId(),
            grant.entitlement().resourceId(),
            grant.entitlement().entitlementId(),
            grant.principal().resourceTypeId(),
            grant.principal().resourceId());
    // No id ends where its array does: a row has more behind them.
    byte[] row = (String.join("", texts) + " ".repeat(8)).getBytes(StandardCharsets.UTF_8);
    int from = 0;
    for (IdField field : IDS) {
      int length = texts.get(field.position()).getBytes(StandardCharsets.UTF_8).length;
      ids[field.position()] = new Utf8View();
      ids[field.position()].wrap(row, from, length);
      from += length;
    }
  }

  NullCursor rewound() {
    left = rows;
    return this;
  }

  @Override
  public boolean next() {
    return left-- > 0;
  }

  /**
   * Fills a batch once; of the same one only the number of rows is set from then on, so nobody else
   * may fill it meanwhile. Batches of a list have about as many rows each.
   */
  @Override
  public boolean next(GrantBatch into) {
    if (left <= 0) {
      into.setRows(0);
      return false;
    }
    int count = (int) ceilDiv(left, ceilDiv(left, into.capacity()));
    if (filled != into || count > filledRows || count < filledRows - 1) {
      fill(into, count);
    }
    into.setRows(count);
    left -= count;
    return true;
  }

  private static long ceilDiv(long number, long by) {
    return (number + by - 1) / by;
  }

  /**
   * What differs from row to row in a list has a value in each: the grant's id, and that of a
   * principal (in lists of a principal it is the entitlement's). The harness hashes every value, so
   * with fewer it would look cheaper than it is.
   */
  private void fill(GrantBatch into, int count) {
    into.clear();
    for (IdField field : IdField.values()) {
      Utf8View id = ids[field.position()];
      IdColumn column = into.ids(field);
      boolean isOwn = field == IdField.GRANT_ID || field == IdField.PRINCIPAL_ID;
      for (int i = 0; i < count; i++) {
        column.set(i, isOwn || i == 0 ? column.add(bytes(id), 0, id.length()) : 0);
      }
    }
    for (int i = 0; i < count; i++) {
      into.setRest(i, discoveredSeconds(), discoveredNanos(), needsExpansion());
    }
    filled = into;
    filledRows = count;
  }

  private static byte[] bytes(Utf8View id) {
    byte[] bytes = new byte[id.length()];
    id.copyTo(bytes, 0);
    return bytes;
  }

  @Override
  public Utf8View id(IdField field) {
    return ids[field.position()];
  }

  @Override
  public long discoveredSeconds() {
    return grant.discoveredAt().getEpochSecond();
  }

  @Override
  public int discoveredNanos() {
    return 0;
  }

  @Override
  public boolean needsExpansion() {
    return grant.needsExpansion();
  }

  @Override
  public boolean hasExpiry() {
    return false;
  }

  @Override
  public long expiresSeconds() {
    return 0;
  }

  @Override
  public int expiresNanos() {
    return 0;
  }

  @Override
  public Grant grant() {
    return grant;
  }

  @Override
  public void close() {}
}
