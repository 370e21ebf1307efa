package dev.grantstore;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** What a list asks for. Each kind has one order, which is part of the contract. */
public sealed interface GrantQuery {
  /** {@return the sync that is read} */
  String syncId();

  /**
   * {@return the name of this kind of query} It is part of every page token, so it never changes,
   * and no other kind ever has it.
   */
  String kind();

  /**
   * Every grant of a sync, ordered by grant id.
   *
   * @param syncId the sync
   */
  record Scan(String syncId) implements GrantQuery {
    /** Checks the sync id. */
    public Scan {
      Ids.checkSyncId(syncId);
    }

    @Override
    public String kind() {
      return "Scan";
    }
  }

  /**
   * Every grant of a sync, ordered by entitlement type, resource, entitlement id, principal type,
   * principal id, grant id: the lists of all entitlements, one after the other.
   *
   * @param syncId the sync
   */
  record ScanByEntitlement(String syncId) implements GrantQuery {
    /** Checks the sync id. */
    public ScanByEntitlement {
      Ids.checkSyncId(syncId);
    }

    @Override
    public String kind() {
      return "ScanByEntitlement";
    }
  }

  /**
   * The grants of one entitlement, ordered by principal type, principal id, grant id.
   *
   * @param syncId the sync
   * @param entitlement the entitlement, matched in all three ids
   */
  record ByEntitlement(String syncId, EntitlementRef entitlement) implements GrantQuery {
    /** Checks the sync id. */
    public ByEntitlement {
      Ids.checkSyncId(syncId);
      Objects.requireNonNull(entitlement, "entitlement");
    }

    @Override
    public String kind() {
      return "ByEntitlement";
    }
  }

  /**
   * The grants of several entitlements, one entitlement after the other in the order asked, those
   * of each as {@link ByEntitlement} orders them. One that is asked twice is listed twice; if none
   * is asked, there are no rows. The whole list is of one moment.
   *
   * @param syncId the sync
   * @param entitlements the entitlements, each matched in all three ids, at most {@link
   *     GrantReader#MAX_LISTED_ENTITLEMENTS}; copied
   */
  record ByEntitlements(String syncId, List<EntitlementRef> entitlements) implements GrantQuery {
    /** Checks the sync id, copies the list, and checks that. */
    public ByEntitlements {
      Ids.checkSyncId(syncId);
      entitlements = new ArrayList<>(entitlements);
      int most = GrantReader.MAX_LISTED_ENTITLEMENTS;
      if (entitlements.size() > most) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "too many entitlements in one list: entitlements=%d limit=%d",
                entitlements.size(),
                most));
      }
      int none = entitlements.indexOf(null);
      if (none >= 0) {
        throw new NullPointerException("entitlement is null: index=" + none);
      }
      entitlements = List.copyOf(entitlements);
    }

    @Override
    public String kind() {
      return "ByEntitlements";
    }
  }

  /**
   * The grants of every entitlement on one resource, ordered by entitlement id, principal type,
   * principal id, grant id.
   *
   * @param syncId the sync
   * @param resourceTypeId the resource's type
   * @param resourceId the resource
   */
  record ByEntitlementResource(String syncId, String resourceTypeId, String resourceId)
      implements GrantQuery {
    /** Checks the ids. */
    public ByEntitlementResource {
      Ids.checkSyncId(syncId);
      Ids.check("entitlement resource type id", resourceTypeId);
      Ids.check("entitlement resource id", resourceId);
    }

    @Override
    public String kind() {
      return "ByEntitlementResource";
    }
  }

  /**
   * The grants one principal holds, ordered by entitlement type, resource, entitlement id, grant
   * id.
   *
   * @param syncId the sync
   * @param principal the principal, matched in both ids
   */
  record ByPrincipal(String syncId, PrincipalRef principal) implements GrantQuery {
    /** Checks the sync id. */
    public ByPrincipal {
      Ids.checkSyncId(syncId);
      Objects.requireNonNull(principal, "principal");
    }

    @Override
    public String kind() {
      return "ByPrincipal";
    }
  }

  /**
   * The grants that need expansion, ordered by grant id.
   *
   * @param syncId the sync
   */
  record NeedingExpansion(String syncId) implements GrantQuery {
    /** Checks the sync id. */
    public NeedingExpansion {
      Ids.checkSyncId(syncId);
    }

    @Override
    public String kind() {
      return "NeedingExpansion";
    }
  }
}
