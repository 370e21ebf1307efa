package dev.grantstore.kudu;

import org.apache.kudu.client.KuduClient;

/** Which client there is; apart, for there may be none. Stateless. */
final class ClientVersion {
  private ClientVersion() {}

  static String text() {
    String version = KuduClient.class.getPackage().getImplementationVersion();
    return version == null ? "of unknown version" : version;
  }
}
