package dev.grantstore.bench.benchmark;

import dev.grantstore.GrantQuery;
import dev.grantstore.bench.measure.Halt;
import dev.grantstore.bench.result.CellResult.KeyCount;
import dev.grantstore.bench.result.CellSettings;
import dev.grantstore.fixture.manifest.KeySample.PrincipalKey;
import java.util.List;

/** G4: what does this principal hold? */
final class ListByPrincipal implements ReadBenchmark {
  private final LookedAt looked;

  ListByPrincipal(LookedAt looked) {
    this.looked = looked;
  }

  @Override
  public String name() {
    return looked.name("G4");
  }

  @Override
  public String title() {
    return looked.title("list by principal");
  }

  @Override
  public String description() {
    return looked.description("all grants of a random principal, through a cursor");
  }

  @Override
  public LookedAt lookedAt() {
    return looked;
  }

  @Override
  public boolean countsRows() {
    return true;
  }

  @Override
  public Questions questions(Subject subject, CellSettings settings, Halt halt) {
    List<ListKey> lists =
        subject.keys().principals().stream().map(key -> list(subject, key)).toList();
    KeyCount keys = new KeyCount(lists.size(), 0, subject.sync().distinctPrincipals());
    return new ListQuestions(name(), looked, subject.store(), lists, keys, halt);
  }

  @Override
  public void verifyMore(Subject subject, Halt halt) {
    subject.keys().largestPrincipals().stream()
        .map(key -> list(subject, key))
        .forEach(list -> ListQuestions.verify(name(), subject.store(), list, halt));
  }

  private static ListKey list(Subject subject, PrincipalKey key) {
    return new ListKey(
        KeyNames.of(key.ref()),
        new GrantQuery.ByPrincipal(subject.syncId(), key.ref()),
        key.expected());
  }
}
