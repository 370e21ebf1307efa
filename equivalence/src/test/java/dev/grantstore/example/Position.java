package dev.grantstore.example;

import dev.grantstore.EntitlementRef;
import dev.grantstore.Grant;
import dev.grantstore.GrantStoreException;
import dev.grantstore.PrincipalRef;
import dev.grantstore.Reason;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The place of a row in any list, as bytes in a page token: its six ids. */
final class Position {
  private Position() {}

  static byte[] of(Grant row) {
    EntitlementRef e = row.entitlement();
    PrincipalRef p = row.principal();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    try {
      for (String id :
          List.of(
              row.id(),
              e.resourceTypeId(),
              e.resourceId(),
              e.entitlementId(),
              p.resourceTypeId(),
              p.resourceId())) {
        out.writeUTF(id);
      }
    } catch (IOException e2) {
      throw new AssertionError("memory does not fail", e2);
    }
    return bytes.toByteArray();
  }

  /** {@return a row that stands in the same place of every list} */
  static Grant row(byte[] position) {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(position));
    try {
      String id = in.readUTF();
      EntitlementRef e = new EntitlementRef(in.readUTF(), in.readUTF(), in.readUTF());
      PrincipalRef p = new PrincipalRef(in.readUTF(), in.readUTF());
      return new Grant(id, e, p, Instant.EPOCH, false, Optional.empty(), List.of(), List.of());
    } catch (IOException | IllegalArgumentException e) {
      throw new GrantStoreException(Reason.INVALID_PAGE_TOKEN, "page token has no place in it", e);
    }
  }
}
