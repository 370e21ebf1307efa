package dev.grantstore.diff;

import dev.grantstore.ContentDigest;
import dev.grantstore.DigestAccumulator;
import dev.grantstore.EntitlementDigests;
import dev.grantstore.EntitlementRef;
import dev.grantstore.ForwardingGrantReader;
import dev.grantstore.ForwardingGrantStore;
import dev.grantstore.Grant;
import dev.grantstore.GrantCursor;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keeps digests of entitlements, true ones unless a test changes them, and counts rows read. */
final class KeepingDigests extends ForwardingGrantReader {
  final Map<EntitlementRef, ContentDigest> kept = new LinkedHashMap<>();
  private final GrantReader reader;
  long rowsRead;

  KeepingDigests(GrantReader reader, String sync) {
    super(reader);
    this.reader = reader;
    Map<EntitlementRef, DigestAccumulator> sums = new LinkedHashMap<>();
    for (Grant grant : EveryEngine.list(reader, new GrantQuery.ScanByEntitlement(sync))) {
      sums.computeIfAbsent(grant.entitlement(), e -> new DigestAccumulator()).add(grant);
    }
    sums.forEach((e, sum) -> kept.put(e, sum.digest()));
  }

  @Override
  public GrantCursor cursor(GrantQuery query) {
    return new ForwardingGrantStore.Cursor(reader.cursor(query)) {
      @Override
      public boolean next() {
        boolean moved = super.next();
        rowsRead += moved ? 1 : 0;
        return moved;
      }
    };
  }

  @Override
  public Optional<EntitlementDigests> entitlementDigests(String syncId) {
    List<Map.Entry<EntitlementRef, ContentDigest>> entries = new ArrayList<>(kept.entrySet());
    return Optional.of(
        new EntitlementDigests() {
          private int at = -1;

          @Override
          public boolean next() {
            at = Math.min(at + 1, entries.size());
            return at < entries.size();
          }

          @Override
          public EntitlementRef entitlement() {
            return entries.get(at).getKey();
          }

          @Override
          public ContentDigest digest() {
            return entries.get(at).getValue();
          }

          @Override
          public void close() {}
        });
  }
}
