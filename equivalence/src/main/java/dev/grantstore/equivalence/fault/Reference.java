package dev.grantstore.equivalence.fault;

import dev.grantstore.GrantStore;
import dev.grantstore.GrantStoreException;
import dev.grantstore.GrantStores;
import dev.grantstore.OpenMode;
import dev.grantstore.StoreOptions;
import dev.grantstore.SyncRun;
import dev.grantstore.equivalence.check.Answer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The reference after so many steps of a script, perhaps with the first writes of the next, and its
 * answers, asked for once each.
 */
final class Reference {
  private final int steps;
  private final int batches;
  private final GrantStore store;
  private final Map<String, Answer> answers = new HashMap<>();

  private Reference(int steps, int batches, GrantStore store) {
    this.steps = steps;
    this.batches = batches;
    this.store = store;
  }

  /** {@return a new one, which can be written} */
  static Reference after(Script script, int steps) {
    return after(script, steps, 0);
  }

  /** {@return the same anew, which can be written} */
  Reference again(Script script) {
    return after(script, steps, batches);
  }

  private static Reference after(Script script, int steps, int batches) {
    GrantStore store = GrantStores.open("memory:", StoreOptions.of(OpenMode.CREATE));
    for (int step = 0; step < steps; step++) {
      script.run(store, step, () -> {});
    }
    if (batches > 0) {
      script.runFirst(store, steps, batches);
    }
    return new Reference(steps, batches, store);
  }

  int steps() {
    return steps;
  }

  GrantStore store() {
    return store;
  }

  Answer answer(Question question) {
    return answers.computeIfAbsent(question.name(), name -> ask(question));
  }

  /** Makes what it answered before be asked anew. */
  void changed() {
    answers.clear();
  }

  private Answer ask(Question question) {
    try {
      return question.asking().of(store, new ArrayList<>());
    } catch (GrantStoreException e) {
      return Answer.refused(e);
    }
  }

  /** Those that were asked for last, to be read only. */
  static final class Shelf {
    private static final int MOST = 64;

    private final Map<String, Reference> kept =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<String, Reference> eldest) {
            return size() > MOST;
          }
        };

    /** {@return those of a trial, the most steps first; the last step may be done in part} */
    List<Reference> of(Script script, int least, int most) {
      List<Reference> found = new ArrayList<>();
      for (int steps = most; steps >= least; steps--) {
        Reference whole = get(script, steps, 0);
        int batches = steps == most ? 1 : script.batches(whole.store(), steps);
        for (int first = batches - 1; first > 0; first--) {
          found.add(get(script, steps, first));
        }
        found.add(whole);
      }
      return found;
    }

    /** {@return the one with the sealed syncs alone, as a container has them} */
    Reference ofSealed(Script script, int steps) {
      return kept.computeIfAbsent(
          script.seed() + " " + steps + " sealed",
          key -> {
            Reference whole = Reference.after(script, steps);
            for (SyncRun sync : whole.store.syncs()) {
              if (sync.state() != SyncRun.State.SEALED) {
                whole.store.drop(sync.id());
              }
            }
            return whole;
          });
    }

    private Reference get(Script script, int steps, int batches) {
      return kept.computeIfAbsent(
          script.seed() + " " + steps + " " + batches,
          key -> Reference.after(script, steps, batches));
    }
  }
}
