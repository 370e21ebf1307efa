package dev.grantstore.equivalence.oracle;

import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hashing;
import dev.grantstore.Annotation;
import dev.grantstore.Grant;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantSource;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** Order of ids, canonical form, digest and lists, as rfc/0001 has them. */
final class NaiveContract {
  private NaiveContract() {}

  /** "its UTF-8 bytes": the ranges of RFC 3629, one code point after the other. */
  static byte[] utf8(String text) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int c : text.codePoints().toArray()) {
      if (c < 0x80) {
        out.write(c);
      } else if (c < 0x800) {
        out.write(0xc0 + c / 64);
        out.write(0x80 + c % 64);
      } else if (c < 0x10000) {
        out.write(0xe0 + c / 4096);
        out.write(0x80 + c / 64 % 64);
        out.write(0x80 + c % 64);
      } else {
        out.write(0xf0 + c / 262144);
        out.write(0x80 + c / 4096 % 64);
        out.write(0x80 + c / 64 % 64);
        out.write(0x80 + c % 64);
      }
    }
    return out.toByteArray();
  }

  /** "compared and ordered as its UTF-8 bytes, unsigned". */
  static int compare(String a, String b) {
    byte[] one = utf8(a);
    byte[] other = utf8(b);
    for (int i = 0; i < one.length && i < other.length; i++) {
      if (one[i] != other[i]) {
        return (one[i] & 0xff) < (other[i] & 0xff) ? -1 : 1;
      }
    }
    return Integer.compare(one.length, other.length);
  }

  static List<String> ids(Grant g) {
    return List.of(
        g.id(),
        g.entitlement().resourceTypeId(),
        g.entitlement().resourceId(),
        g.entitlement().entitlementId(),
        g.principal().resourceTypeId(),
        g.principal().resourceId());
  }

  /** The grammar of "Content digest", line by line. */
  @SuppressWarnings("JavaInstantGetSecondsGetNano") // the seconds are the line before each
  static byte[] form(Grant g) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ids(g).forEach(id -> text(out, id));
    little(out, g.discoveredAt().getEpochSecond(), 8);
    little(out, g.discoveredAt().getNano(), 4);
    out.write(
        (g.needsExpansion() ? 1 : 0)
            + (g.expansion().isPresent() ? 2 : 0)
            + (g.expiresAt().isPresent() ? 4 : 0));
    g.expiresAt()
        .ifPresent(
            end -> {
              little(out, end.getEpochSecond(), 8);
              little(out, end.getNano(), 4);
            });
    g.expansion()
        .ifPresent(
            e -> {
              out.write(e.shallow() ? 1 : 0);
              little(out, e.entitlementIds().size(), 4);
              e.entitlementIds().forEach(id -> text(out, id));
              little(out, e.resourceTypeIds().size(), 4);
              e.resourceTypeIds().forEach(id -> text(out, id));
            });
    List<GrantSource> sources = new ArrayList<>(g.sources());
    sources.sort((a, b) -> compare(a.sourceId(), b.sourceId()));
    little(out, sources.size(), 4);
    for (GrantSource s : sources) {
      text(out, s.sourceId());
      text(out, s.resourceTypeId());
      text(out, s.resourceId());
      text(out, s.entitlementId());
      out.write(s.direct() ? 1 : 0);
    }
    little(out, g.annotations().size(), 4);
    for (Annotation a : g.annotations()) {
      text(out, a.typeUrl());
      byte[] value = a.value().toByteArray();
      little(out, value.length, 4);
      out.write(value, 0, value.length);
    }
    return out.toByteArray();
  }

  /** "A grant is in no answer as of its end or later". */
  static List<Grant> asOf(Collection<Grant> all, Instant asOf) {
    return all.stream()
        .filter(g -> g.expiresAt().isEmpty() || g.expiresAt().get().compareTo(asOf) > 0)
        .toList();
  }

  /** "32 hexadecimal digits, upper half first, a slash, and the count". */
  static String digest(Collection<Grant> grants) {
    long high = 0;
    long low = 0;
    for (Grant g : grants) {
      HashValue128 hash = Hashing.xxh3_128().hashBytesTo128Bits(form(g));
      high += hash.getMostSignificantBits();
      low += hash.getLeastSignificantBits();
    }
    return String.format(Locale.ROOT, "%016x%016x/%d", high, low, grants.size());
  }

  /** The table of "Reading": which rows a query answers, and in which order. */
  static List<Grant> list(GrantQuery query, Collection<Grant> all) {
    List<Grant> rows = new ArrayList<>();
    if (query instanceof GrantQuery.ByEntitlements several) {
      for (var asked : several.entitlements()) {
        rows.addAll(list(new GrantQuery.ByEntitlement(query.syncId(), asked), all));
      }
      return rows;
    }
    for (Grant g : all) {
      List<String> ids = ids(g);
      boolean isAsked;
      if (query instanceof GrantQuery.ByEntitlement by) {
        var e = by.entitlement();
        isAsked =
            ids.subList(1, 4)
                .equals(List.of(e.resourceTypeId(), e.resourceId(), e.entitlementId()));
      } else if (query instanceof GrantQuery.ByEntitlementResource on) {
        isAsked = ids.subList(1, 3).equals(List.of(on.resourceTypeId(), on.resourceId()));
      } else if (query instanceof GrantQuery.ByPrincipal by) {
        var p = by.principal();
        isAsked = ids.subList(4, 6).equals(List.of(p.resourceTypeId(), p.resourceId()));
      } else {
        isAsked = query instanceof GrantQuery.Scan || g.needsExpansion();
      }
      if (isAsked) {
        rows.add(g);
      }
    }
    rows.sort((a, b) -> compareAll(place(query, ids(a)), place(query, ids(b))));
    return rows;
  }

  private static List<String> place(GrantQuery query, List<String> ids) {
    if (query instanceof GrantQuery.ByEntitlement) {
      return List.of(ids.get(4), ids.get(5), ids.get(0));
    }
    if (query instanceof GrantQuery.ByEntitlementResource) {
      return List.of(ids.get(3), ids.get(4), ids.get(5), ids.get(0));
    }
    return query instanceof GrantQuery.ByPrincipal
        ? List.of(ids.get(1), ids.get(2), ids.get(3), ids.get(0))
        : ids.subList(0, 1);
  }

  private static int compareAll(List<String> a, List<String> b) {
    int order = 0;
    for (int i = 0; i < a.size() && order == 0; i++) {
      order = compare(a.get(i), b.get(i));
    }
    return order;
  }

  private static void text(ByteArrayOutputStream out, String text) {
    byte[] bytes = utf8(text);
    little(out, bytes.length, 4);
    out.write(bytes, 0, bytes.length);
  }

  private static void little(ByteArrayOutputStream out, long number, int bytes) {
    for (int i = 0; i < bytes; i++) {
      out.write((int) (number >> (8 * i)));
    }
  }
}
