package dev.grantstore.equivalence.planted;

import dev.grantstore.Grant;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantReader;
import dev.grantstore.Ids;
import dev.grantstore.SyncRun;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/** Lists in the wrong order; their pages are in it too. */
final class OrderBugs {
  static final List<PlantedBug> ALL =
      List.of(
          PlantedBug.inReads(
              "utf-16-order-of-scan",
              "the scan is in the order of String.compareTo",
              sound ->
                  inOrder(
                      sound,
                      query ->
                          ListOrder.of(
                              query,
                              query instanceof GrantQuery.Scan
                                  ? Comparator.naturalOrder()
                                  : Ids.ORDER))),
          PlantedBug.inReads(
              "utf-16-order-by-principal",
              "the list of a principal is in the order of String.compareTo",
              sound ->
                  inOrder(
                      sound,
                      query ->
                          ListOrder.of(
                              query,
                              query instanceof GrantQuery.ByPrincipal
                                  ? Comparator.naturalOrder()
                                  : Ids.ORDER))),
          PlantedBug.inReads(
              "signed-byte-order",
              "bytes from 0x80 come before those below",
              sound -> inOrder(sound, query -> ListOrder.of(query, OrderBugs::compareSigned))),
          PlantedBug.inReads(
              "order-without-ends-of-ids",
              "the list of a principal is in the order of its ids written one after the other",
              sound -> inOrder(sound, OrderBugs::runTogether)),
          PlantedBug.inReads(
              "ties-stay-unbroken",
              "grants of one entitlement and one principal come in the order of discovery",
              sound -> inOrder(sound, OrderBugs::byDiscovery)),
          PlantedBug.inReads(
              "utf-16-order-of-syncs",
              "syncs are in the order of String.compareTo",
              OrderBugs::syncsInUtf16));

  private OrderBugs() {}

  private static GrantReader inOrder(
      GrantReader sound, Function<GrantQuery, Comparator<Grant>> order) {
    return new ListReader(sound) {
      @Override
      Comparator<Grant> order(GrantQuery query) {
        return order.apply(query);
      }
    };
  }

  private static int compareSigned(String a, String b) {
    return Arrays.compare(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
  }

  private static Comparator<Grant> runTogether(GrantQuery query) {
    Comparator<Grant> right = ListOrder.of(query, Ids.ORDER);
    return query instanceof GrantQuery.ByPrincipal
        ? Comparator.<Grant, String>comparing(
                grant -> String.join("", ListOrder.place(query, grant)), Ids.ORDER)
            .thenComparing(right)
        : right;
  }

  private static Comparator<Grant> byDiscovery(GrantQuery query) {
    Comparator<Grant> right = ListOrder.of(query, Ids.ORDER);
    return query instanceof GrantQuery.ByEntitlement
        ? Comparator.<Grant, String>comparing(g -> g.principal().resourceTypeId(), Ids.ORDER)
            .thenComparing(g -> g.principal().resourceId(), Ids.ORDER)
            .thenComparing(Grant::discoveredAt)
            .thenComparing(right)
        : right;
  }

  private static GrantReader syncsInUtf16(GrantReader sound) {
    return new BugReader(sound) {
      @Override
      public List<SyncRun> syncs() {
        List<SyncRun> syncs = new ArrayList<>(super.syncs());
        syncs.sort(Comparator.comparing(SyncRun::id));
        return syncs;
      }
    };
  }
}
