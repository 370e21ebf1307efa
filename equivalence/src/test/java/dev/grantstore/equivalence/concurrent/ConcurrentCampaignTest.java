package dev.grantstore.equivalence.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.Grant;
import dev.grantstore.GrantCursor;
import dev.grantstore.GrantSnapshot;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStores;
import dev.grantstore.OpenMode;
import dev.grantstore.StoreOptions;
import dev.grantstore.equivalence.run.ForgetfulSubject;
import dev.grantstore.equivalence.run.Subject;
import dev.grantstore.keyvalue.YieldPoint;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Stores that are wrong for a moment only are found, and what was found repeats. */
final class ConcurrentCampaignTest {
  @TempDir Path output;

  /** What a wrong store does instead of a method of the store that it stands before. */
  private interface Wrong {
    @Nullable Object of(GrantStore real, Method method, Object[] arguments) throws Throwable;
  }

  static Stream<Named<Wrong>> wrongStores() {
    return Stream.of(
        Named.of(
            "a batch is two writes",
            (real, method, arguments) -> {
              if (!method.getName().equals("putAll")) {
                return method.invoke(real, arguments);
              }
              for (Object grant : (Collection<?>) arguments[1]) {
                real.putAll((String) arguments[0], List.of((Grant) grant));
                YieldPoint.reached("half of it");
              }
              return null;
            }),
        Named.of(
            "many are read one by one",
            (real, method, arguments) -> {
              if (!method.getName().equals("getAll")) {
                return method.invoke(real, arguments);
              }
              List<Optional<Grant>> answers = new ArrayList<>();
              for (Object id : (List<?>) arguments[1]) {
                answers.add(real.get((String) arguments[0], (String) id));
                YieldPoint.reached("one of them");
              }
              return answers;
            }),
        Named.of(
            "an empty list for a sync that is dropped meanwhile",
            (real, method, arguments) -> {
              if (!method.getName().equals("cursor")) {
                return method.invoke(real, arguments);
              }
              Object first = method.invoke(real, arguments);
              YieldPoint.reached("sync found");
              try {
                return method.invoke(real, arguments);
              } catch (InvocationTargetException e) {
                GrantCursor drained = (GrantCursor) first;
                while (drained.next()) {
                  YieldPoint.reached("row passed over");
                }
                return drained;
              }
            }),
        Named.of(
            "a snapshot is taken late",
            (real, method, arguments) -> {
              if (!method.getName().equals("snapshot")) {
                return method.invoke(real, arguments);
              }
              GrantSnapshot[] taken = new GrantSnapshot[1];
              return Proxy.newProxyInstance(
                  GrantSnapshot.class.getClassLoader(),
                  new Class<?>[] {GrantSnapshot.class},
                  (proxy, read, of) -> {
                    if (taken[0] == null) {
                      YieldPoint.reached("taken at the first read");
                      taken[0] = real.snapshot();
                    }
                    return invoke(read, taken[0], of);
                  });
            }),
        Named.of(
            "a write returns before it is seen",
            new Wrong() {
              private final List<Runnable> late = new ArrayList<>();

              @Override
              public @Nullable Object of(GrantStore real, Method method, Object[] arguments)
                  throws Throwable {
                if (method.getName().equals("delete") || method.getName().equals("deleteAll")) {
                  Object answer = real.sync((String) arguments[0]);
                  if (answer.equals(Optional.empty())) {
                    return method.invoke(real, arguments);
                  }
                  late.add(
                      () -> {
                        try {
                          method.invoke(real, arguments);
                        } catch (ReflectiveOperationException e) {
                          // It was dropped or sealed meanwhile.
                        }
                      });
                  return null;
                }
                Object answer = method.invoke(real, arguments);
                late.forEach(Runnable::run);
                late.clear();
                return answer;
              }
            }));
  }

  @ParameterizedTest
  @MethodSource("wrongStores")
  void storesThatAreWrongForAMomentAreFound(Wrong wrong) throws IOException {
    ConcurrentCampaign.Result result = campaign(() -> subject(wrong), 300);

    Path file = result.finding().orElseThrow();
    ConcurrentReplay replay = ConcurrentReplay.parse(Files.readString(file));
    assertThat(replay.remarks().get(0)).endsWith("wrong in 20 of 20");
    assertThat(replay.program().size()).isLessThanOrEqualTo(6);
    assertThat(result.report()).contains("none of these fits");
    assertThat(ConcurrentReplay.parse(replay.text())).isEqualTo(replay);
    assertThat(ConcurrentCampaign.replay(replay, subject(wrong)).orElseThrow().getKey())
        .isEqualTo("no-legal-order");
    assertThat(ConcurrentCampaign.replay(replay, ForgetfulSubject.memory())).isEmpty();
    assertThat(output).isDirectoryContaining(kept -> kept.equals(file));
    assertThat(output.toFile().list()).hasSize(1);
  }

  @Tag("deep")
  @Test
  void theReferenceHasALegalOrderOnEverySchedule() {
    ConcurrentCampaign.Result result = campaign(ForgetfulSubject::memory, 200);

    assertThat(result.finding()).isEmpty();
    assertThat(result.neverDone(Set.of("reopen"))).isEmpty();
    // It has no points of its own: nobody could say when which thread goes on within a call.
    assertThat(result.races()).isPositive();
    assertThat(result.text()).contains("only improbable");
  }

  private ConcurrentCampaign.Result campaign(Supplier<Subject> subjects, long tries) {
    return new ConcurrentCampaign(
            "wrong", subjects, new ProgramGenerator(2, 3, Set.of("reopen")), 1, 60, 3, () -> false)
        .run(1, tries, output, Duration.ofMinutes(5));
  }

  private static Subject subject(Wrong wrong) {
    return ForgetfulSubject.of(
        "wrong",
        () -> {
          GrantStore real = GrantStores.open("memory:", StoreOptions.of(OpenMode.OPEN_OR_CREATE));
          return (GrantStore)
              Proxy.newProxyInstance(
                  GrantStore.class.getClassLoader(),
                  new Class<?>[] {GrantStore.class},
                  (proxy, method, arguments) -> {
                    try {
                      return wrong.of(real, method, arguments);
                    } catch (InvocationTargetException e) {
                      throw e.getCause();
                    }
                  });
        });
  }

  private static @Nullable Object invoke(Method method, Object target, Object[] arguments)
      throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
