package dev.grantstore.equivalence.run;

import java.time.Instant;
import java.util.List;

/**
 * What a sync has besides its id, decided by its id: so workloads need not say it, and it stays
 * when operations go.
 *
 * @param type the kind of run
 * @param startedAt when it started
 * @param endedAt when it ended
 */
public record SyncShape(String type, Instant startedAt, Instant endedAt) {
  private static final List<SyncShape> ALL =
      List.of(
          new SyncShape(
              "full",
              Instant.parse("2024-03-01T10:00:00.123456789Z"),
              Instant.parse("2024-03-01T11:00:00.000000001Z")),
          new SyncShape(
              "",
              Instant.parse("1969-12-31T23:59:59.000000001Z"),
              Instant.ofEpochSecond(Integer.MAX_VALUE + 1L, 999_999_999)),
          new SyncShape("\u00e9\ud83d\udd25\u0000" + "t".repeat(200), Instant.MIN, Instant.MAX));

  /**
   * {@return the shape of a sync}
   *
   * <p>By the id's last character: a prefix before all ids must make no difference (R10).
   *
   * @param syncId the sync
   */
  public static SyncShape of(String syncId) {
    return ALL.get(syncId.charAt(syncId.length() - 1) % ALL.size());
  }
}
