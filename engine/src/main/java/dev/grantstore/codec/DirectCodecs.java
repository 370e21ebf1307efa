package dev.grantstore.codec;

import dev.grantstore.EntitlementRef;
import dev.grantstore.PrincipalRef;
import java.util.Map;

/** The codecs written by hand: those of the keys in {@code rfc/0002} and of what is in them. */
final class DirectCodecs {
  private static final TupleCodec<EntitlementRef> ENTITLEMENT = new Entitlement();
  private static final TupleCodec<PrincipalRef> PRINCIPAL = new Principal();

  /** Each by the type it is for. */
  static final Map<Class<?>, TupleCodec<?>> ALL =
      Map.of(
          EntitlementRef.class, ENTITLEMENT,
          PrincipalRef.class, PRINCIPAL,
          GrantsKey.class, new Grants(),
          ByEntitlementKey.class, new ByEntitlement(),
          ByPrincipalKey.class, new ByPrincipal());

  private DirectCodecs() {}

  private static final class Entitlement implements TupleCodec<EntitlementRef> {
    @Override
    public void encode(EntitlementRef ref, TupleWriter out) {
      out.putElement(ref.resourceTypeId());
      out.putElement(ref.resourceId());
      out.putElement(ref.entitlementId());
    }

    @Override
    public EntitlementRef decode(TupleReader in) throws MalformedBytesException {
      String resourceTypeId = in.text();
      String resourceId = in.text();
      String entitlementId = in.text();
      try {
        return new EntitlementRef(resourceTypeId, resourceId, entitlementId);
      } catch (IllegalArgumentException e) {
        throw refused(e);
      }
    }
  }

  private static final class Principal implements TupleCodec<PrincipalRef> {
    @Override
    public void encode(PrincipalRef ref, TupleWriter out) {
      out.putElement(ref.resourceTypeId());
      out.putElement(ref.resourceId());
    }

    @Override
    public PrincipalRef decode(TupleReader in) throws MalformedBytesException {
      String resourceTypeId = in.text();
      String resourceId = in.text();
      try {
        return new PrincipalRef(resourceTypeId, resourceId);
      } catch (IllegalArgumentException e) {
        throw refused(e);
      }
    }
  }

  private static final class Grants implements TupleCodec<GrantsKey> {
    @Override
    public void encode(GrantsKey key, TupleWriter out) {
      out.putUnsignedInt(key.sync());
      out.putElement(key.grantId());
    }

    @Override
    public GrantsKey decode(TupleReader in) throws MalformedBytesException {
      int sync = in.unsignedInt();
      String grantId = in.text();
      try {
        return new GrantsKey(sync, grantId);
      } catch (IllegalArgumentException e) {
        throw refused(e);
      }
    }
  }

  private static final class ByEntitlement implements TupleCodec<ByEntitlementKey> {
    @Override
    public void encode(ByEntitlementKey key, TupleWriter out) {
      out.putUnsignedInt(key.sync());
      ENTITLEMENT.encode(key.entitlement(), out);
      PRINCIPAL.encode(key.principal(), out);
      out.putElement(key.grantId());
    }

    @Override
    public ByEntitlementKey decode(TupleReader in) throws MalformedBytesException {
      int sync = in.unsignedInt();
      EntitlementRef entitlement = ENTITLEMENT.decode(in);
      PrincipalRef principal = PRINCIPAL.decode(in);
      String grantId = in.text();
      try {
        return new ByEntitlementKey(sync, entitlement, principal, grantId);
      } catch (IllegalArgumentException e) {
        throw refused(e);
      }
    }
  }

  private static final class ByPrincipal implements TupleCodec<ByPrincipalKey> {
    @Override
    public void encode(ByPrincipalKey key, TupleWriter out) {
      out.putUnsignedInt(key.sync());
      PRINCIPAL.encode(key.principal(), out);
      ENTITLEMENT.encode(key.entitlement(), out);
      out.putElement(key.grantId());
    }

    @Override
    public ByPrincipalKey decode(TupleReader in) throws MalformedBytesException {
      int sync = in.unsignedInt();
      PrincipalRef principal = PRINCIPAL.decode(in);
      EntitlementRef entitlement = ENTITLEMENT.decode(in);
      String grantId = in.text();
      try {
        return new ByPrincipalKey(sync, principal, entitlement, grantId);
      } catch (IllegalArgumentException e) {
        throw refused(e);
      }
    }
  }

  private static MalformedBytesException refused(IllegalArgumentException e) {
    return new MalformedBytesException("key is refused by its type: " + e.getMessage(), e);
  }
}
