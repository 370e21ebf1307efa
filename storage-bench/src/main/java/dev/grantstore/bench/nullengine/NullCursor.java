package dev.grantstore.bench.nullengine;

import dev.grantstore.Grant;
import dev.grantstore.GrantCursor;
import dev.grantstore.IdField;
import dev.grantstore.Utf8View;
import java.nio.charset.StandardCharsets;

/** Stands on the same row a given number of times. */
final class NullCursor implements GrantCursor {
  private final Grant grant;
  private final Utf8View id = new Utf8View();
  private final long rows;
  private long left;

  NullCursor(Grant grant, long rows) {
    this.grant = grant;
    this.rows = rows;
    byte[] utf8 = grant.id().getBytes(StandardCharsets.UTF_8);
    id.wrap(utf8, 0, utf8.length);
  }

  NullCursor rewound() {
    left = rows;
    return this;
  }

  @Override
  public boolean next() {
    return left-- > 0;
  }

  @Override
  public Utf8View id(IdField field) {
    return id;
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
  public Grant grant() {
    return grant;
  }

  @Override
  public void close() {}
}
