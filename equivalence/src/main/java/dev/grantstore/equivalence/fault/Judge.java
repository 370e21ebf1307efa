package dev.grantstore.equivalence.fault;

import dev.grantstore.Durability;
import dev.grantstore.Grant;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStoreException;
import dev.grantstore.GrantStores;
import dev.grantstore.OpenMode;
import dev.grantstore.Reason;
import dev.grantstore.SyncRun;
import dev.grantstore.equivalence.check.Answer;
import dev.grantstore.equivalence.check.AnswerText;
import dev.grantstore.equivalence.check.DiffKind;
import dev.grantstore.equivalence.run.FolderSubject;
import dev.grantstore.equivalence.workload.Settings;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Opens a store, asks it everything, and says whether one of the states that it may be in explains
 * all that it answered. Used once.
 *
 * <p>Each answer leaves fewer states; when none is left, a wrong answer was given. What is refused
 * because of damage leaves them all, but the rows that came before must be right. A refused call
 * changes nothing.
 */
final class Judge {
  private static final Instant ENDED = Instant.parse("2024-03-02T00:00:00Z");

  /** Why a call may be refused that meets damage. */
  private static final Set<Reason> DAMAGE =
      EnumSet.of(Reason.CORRUPTION, Reason.DATA_LOSS, Reason.IO);

  /** Why besides a damaged store may not be opened. */
  private static final Set<Reason> NOT_OPENED =
      EnumSet.of(Reason.NOT_A_STORE, Reason.STORE_MISSING, Reason.VERSION_TOO_NEW);

  /** What the contract answers where nothing is damaged. */
  private static final Set<Reason> ANSWERS =
      EnumSet.of(Reason.SYNC_UNKNOWN, Reason.SYNC_SEALED, Reason.SYNC_EXISTS);

  /** Much is written, so that its few rows fill several files. */
  private static final Settings SETTINGS =
      Settings.of(Map.of("rocksdb.write_buffer_size", "65536"));

  private final Trial trial;
  private final Script script;
  private final List<Question> questions;
  private final List<String> refusals = new ArrayList<>();
  private List<Reference> possible;

  private Judge(Trial trial, Reference.Shelf shelf) {
    this.trial = trial;
    script = new Script(trial.seed());
    questions = Question.about(script.syncs(trial.mostSteps()));
    possible =
        trial.scheme().equals(StoreCopy.CONTAINER_SCHEME)
            ? List.of(shelf.ofSealed(script, trial.mostSteps()))
            : shelf.of(script, trial.leastSteps(), trial.mostSteps());
  }

  /** Reads trials from standard input until it ends, and prints a verdict for each. */
  public static void main(String[] arguments) throws IOException {
    PrintStream out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    Reference.Shelf shelf = new Reference.Shelf();
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      out.print(judge(Trial.parse(line), shelf).line() + "\n");
      out.flush();
    }
  }

  /** {@return what becomes of a store} */
  static Verdict judge(Trial trial, Reference.Shelf shelf) {
    try {
      return new Judge(trial, shelf).verdict();
    } catch (WrongAnswer e) {
      return Verdict.of(Verdict.Kind.SILENT, String.valueOf(e.getMessage()));
    } catch (Unavailable e) {
      return Verdict.of(Verdict.Kind.UNAVAILABLE, String.valueOf(e.getMessage()));
    } catch (Exception | Error e) {
      return Verdict.of(Verdict.Kind.RAW, e + " at " + List.of(e.getStackTrace()));
    }
  }

  /** {@return a store of an engine, opened as all stores of this package are} */
  static GrantStore open(String scheme, Path store, OpenMode mode) {
    return open(scheme, store, mode, Durability.WAL);
  }

  /** {@return the same, in another durability} */
  static GrantStore open(String scheme, Path store, OpenMode mode, Durability durability) {
    return GrantStores.open(
        GrantStores.address(scheme, store),
        FolderSubject.options(scheme, mode, SETTINGS).withDurability(durability));
  }

  private Verdict verdict() {
    boolean isOpened =
        visit(
            trial.mode(),
            store -> {
              askAll(store);
              if (trial.writes() && trial.mode() != OpenMode.READ_ONLY) {
                write(store);
                askAll(store);
              }
            });
    if (isOpened) {
      visit(trial.mode() == OpenMode.READ_ONLY ? OpenMode.READ_ONLY : OpenMode.OPEN, this::askAll);
    }
    int steps = possible.get(0).steps();
    if (!refusals.isEmpty()) {
      return new Verdict(Verdict.Kind.REFUSED, steps, refusals.get(0));
    }
    boolean isWhole = steps == trial.mostSteps();
    return new Verdict(isWhole ? Verdict.Kind.RIGHT : Verdict.Kind.TAIL, steps, "");
  }

  /** {@return whether the store could be opened} */
  private boolean visit(OpenMode mode, Consumer<GrantStore> visitor) {
    GrantStore store;
    try {
      store = open(trial.scheme(), trial.store(), mode);
    } catch (GrantStoreException e) {
      refused("opening", e, NOT_OPENED);
      return false;
    }
    try {
      visitor.accept(store);
    } finally {
      try {
        store.close();
      } catch (GrantStoreException e) {
        refused("closing", e, DAMAGE);
      }
    }
    return true;
  }

  private void askAll(GrantStore store) {
    questions.forEach(question -> ask(store, question));
  }

  private void ask(GrantStore store, Question question) {
    List<Optional<Grant>> rows = new ArrayList<>();
    Answer answer;
    try {
      answer = question.asking().of(store, rows);
    } catch (GrantStoreException e) {
      if (!ANSWERS.contains(e.reason())) {
        refused(question.name(), e, DAMAGE);
        int told = rows.size();
        narrow(
            question,
            right -> right.rows().size() >= told && right.rows().subList(0, told).equals(rows),
            new Answer(e.reason().name(), rows, List.of()));
        return;
      }
      answer = Answer.refused(e);
    }
    narrow(question, answer::equals, answer);
  }

  private void narrow(Question question, Predicate<Answer> explains, Answer answer) {
    List<Reference> left =
        possible.stream().filter(state -> explains.test(state.answer(question))).toList();
    if (left.isEmpty()) {
      throw new WrongAnswer(question.name(), possible.get(0).answer(question), answer);
    }
    possible = left;
  }

  /** Goes on with the store: whatever was lost or hurt must not show later either. */
  private void write(GrantStore store) {
    possible = possible.stream().map(state -> state.again(script)).toList();
    int steps = possible.get(0).steps();
    String open = script.openSync(steps);
    act(store, "put", to -> done(() -> to.putAll(open, Script.further())));
    act(store, "delete", to -> done(() -> to.delete(open, Script.grantId(62))));
    act(store, "expire", to -> Answer.of("deleted " + Script.expire(to, open)));
    act(store, "seal", to -> Answer.syncs(List.of(to.seal(open, ENDED))));
    for (SyncRun sync : possible.get(0).store().syncs()) {
      if (!sync.id().equals(open)) {
        act(store, "drop", to -> done(() -> to.drop(sync.id())));
        break;
      }
    }
    act(store, "settle", to -> done(() -> to.settle(Script.LONGEST_SETTLE)));
  }

  private static Answer done(Runnable call) {
    call.run();
    return Answer.OK;
  }

  private void act(GrantStore store, String name, Function<GrantStore, Answer> call) {
    Answer answer;
    try {
      answer = call.apply(store);
    } catch (GrantStoreException e) {
      if (!ANSWERS.contains(e.reason())) {
        refused(name, e, DAMAGE);
        return;
      }
      answer = Answer.refused(e);
    }
    List<Reference> left = new ArrayList<>();
    Answer right = Answer.OK;
    for (Reference state : possible) {
      try {
        right = call.apply(state.store());
      } catch (GrantStoreException e) {
        right = Answer.refused(e);
      }
      state.changed();
      if (right.equals(answer)) {
        left.add(state);
      }
    }
    if (left.isEmpty()) {
      throw new WrongAnswer(name, right, answer);
    }
    possible = left;
  }

  private void refused(String call, GrantStoreException refusal, Set<Reason> further) {
    String text =
        String.format(Locale.ROOT, "%s %s: %s", refusal.reason(), call, refusal.getMessage());
    if (!DAMAGE.contains(refusal.reason()) && !further.contains(refusal.reason())) {
      throw new IllegalStateException(
          "refused for a reason that does not belong here: " + text, refusal);
    }
    if (!trial.mayRefuse()) {
      throw new Unavailable(text, refusal);
    }
    refusals.add(text);
  }

  /** A store refused what must be there. */
  private static final class Unavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unavailable(String text, GrantStoreException refusal) {
      super(text, refusal);
    }
  }

  /** A store said what none of the states says that it may be in. */
  private static final class WrongAnswer extends RuntimeException {
    private static final long serialVersionUID = 1L;

    WrongAnswer(String question, Answer right, Answer answer) {
      super(
          String.format(
              Locale.ROOT,
              "%s: %s, rows %d instead of %d; first: %s; right: %s",
              question,
              DiffKind.of(right, answer).label(),
              answer.rows().size(),
              right.rows().size(),
              first(answer, right),
              first(right, answer)));
    }

    /** The first part of an answer that the other does not have at its place. */
    private static String first(Answer answer, Answer other) {
      List<String> parts = AnswerText.parts(answer);
      List<String> others = AnswerText.parts(other);
      for (int i = 0; i < parts.size(); i++) {
        if (i >= others.size() || !others.get(i).equals(parts.get(i))) {
          return parts.get(i);
        }
      }
      return "(ends)";
    }
  }
}
