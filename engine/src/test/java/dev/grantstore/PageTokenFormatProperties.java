package dev.grantstore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

final class PageTokenFormatProperties {
  private static final UUID STORE = new UUID(1, 2);

  @Property(tries = 1000)
  void whatIsWrittenIsReadBack(
      @ForAll("text") String type, @ForAll("text") String id, @ForAll byte[] position) {
    GrantQuery query = new GrantQuery.ByPrincipal("s", new PrincipalRef(type, id));

    PageToken token = PageTokenFormat.write(STORE, query, position);

    assertThat(token.text()).matches("[A-Za-z0-9_-]+");
    assertThat(PageTokenFormat.read(STORE, query, token)).isEqualTo(position);
  }

  @Property(tries = 1000)
  void anyTextIsReadOrRefused(@ForAll String text) {
    try {
      PageTokenFormat.read(STORE, new GrantQuery.Scan("s"), new PageToken(text));
    } catch (GrantStoreException e) {
      assertThat(e.reason()).isEqualTo(Reason.INVALID_PAGE_TOKEN);
    }
  }

  @Provide
  Arbitrary<String> text() {
    return TextArbitraries.text();
  }
}
