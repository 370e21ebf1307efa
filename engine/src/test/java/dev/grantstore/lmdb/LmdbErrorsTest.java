package dev.grantstore.lmdb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.GrantStoreException;
import dev.grantstore.Reason;
import java.lang.reflect.Constructor;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.lmdbjava.ByteBufferProxy;
import org.lmdbjava.Cursor;
import org.lmdbjava.Dbi;
import org.lmdbjava.Env;
import org.lmdbjava.LmdbException;
import org.lmdbjava.LmdbNativeException;
import org.lmdbjava.Txn;

/** What each error of the library is to callers: a reason, or a mistake of this engine itself. */
final class LmdbErrorsTest {
  /** Of a result code that LMDB documents for files; the others are mistakes in calls. */
  private static final Map<String, Reason> REASONS =
      Map.ofEntries(
          Map.entry("MapFullException", Reason.NO_SPACE),
          Map.entry("ReadersFullException", Reason.UNSUPPORTED),
          Map.entry("PageCorruptedException", Reason.CORRUPTION),
          Map.entry("PageNotFoundException", Reason.CORRUPTION),
          Map.entry("PageFullException", Reason.CORRUPTION),
          Map.entry("FileInvalidException", Reason.CORRUPTION),
          Map.entry("VersionMismatchException", Reason.CORRUPTION),
          Map.entry("IncompatibleException", Reason.CORRUPTION),
          Map.entry("KeyNotFoundException", Reason.CORRUPTION),
          Map.entry("FullException", Reason.CORRUPTION));

  private static final Map<String, Reason> OF_THE_SYSTEM =
      Map.of(
          "ENOSPC", Reason.NO_SPACE,
          "EDQUOT", Reason.NO_SPACE,
          "EACCES", Reason.NOT_WRITABLE,
          "EROFS", Reason.NOT_WRITABLE,
          "EPERM", Reason.NOT_WRITABLE,
          "EIO", Reason.IO,
          "ENOMEM", Reason.IO,
          "EBUSY", Reason.IO);

  @Test
  void eachErrorOfTheLibraryHasItsReason() throws ReflectiveOperationException {
    Map<String, Reason> found = new TreeMap<>();
    Set<String> seen = new TreeSet<>();
    for (Class<?> type : nested()) {
      Constructor<?> constructor = type.getDeclaredConstructors()[0];
      if (constructor.getParameterCount() == 0) {
        constructor.setAccessible(true);
        seen.add(type.getSimpleName());
        reason((RuntimeException) constructor.newInstance())
            .filter(reason -> reason != Reason.IO)
            .ifPresent(reason -> found.put(type.getSimpleName(), reason));
      }
    }

    assertThat(found).isEqualTo(REASONS);
    assertThat(seen).containsAll(REASONS.keySet()).contains("PanicException", "TlsFullException");
  }

  @Test
  void eachErrorOfTheSystemHasItsReason() throws ReflectiveOperationException {
    Constructor<?> constructor =
        Class.forName("org.lmdbjava.LmdbNativeException$ConstantDerivedException")
            .getDeclaredConstructor(int.class, String.class);
    constructor.setAccessible(true);
    Map<String, Reason> found = new TreeMap<>();
    for (String name : OF_THE_SYSTEM.keySet()) {
      RuntimeException e = (RuntimeException) constructor.newInstance(7, name + " words");
      found.put(name, reason(e).orElseThrow());
    }

    assertThat(found).isEqualTo(OF_THE_SYSTEM);
  }

  /** A class, a code with its name, or how the library begins what it says of the system. */
  @Test
  void whatIsSaidIsInWordsOfOurs() throws ReflectiveOperationException {
    for (Class<?> type : nested()) {
      Constructor<?> constructor = type.getDeclaredConstructors()[0];
      if (constructor.getParameterCount() == 0) {
        constructor.setAccessible(true);
        assertOurWords((RuntimeException) constructor.newInstance());
      }
    }
    Constructor<?> ofTheSystem =
        Class.forName("org.lmdbjava.LmdbNativeException$ConstantDerivedException")
            .getDeclaredConstructor(int.class, String.class);
    ofTheSystem.setAccessible(true);
    for (String name : OF_THE_SYSTEM.keySet()) {
      assertThat(assertOurWords((RuntimeException) ofTheSystem.newInstance(7, name + " words")))
          .contains("(" + name + ")");
    }
  }

  private static String assertOurWords(RuntimeException e) {
    String said = String.valueOf(LmdbErrors.wrap("put failed", e, Path.of(".")).getMessage());
    String library = String.valueOf(e.getMessage());
    if (e instanceof LmdbNativeException) {
      assertThat(said).startsWith("put failed: ").doesNotContain(library, "constant", "MDB_");
    }
    return said;
  }

  private static Optional<Reason> reason(RuntimeException e) {
    RuntimeException wrapped = LmdbErrors.wrap("put failed", e, Path.of("."));
    return wrapped instanceof GrantStoreException ours
        ? Optional.of(ours.reason())
        : Optional.empty();
  }

  private static Iterable<Class<?>> nested() {
    return Stream.of(
            LmdbNativeException.class,
            Env.class,
            Dbi.class,
            Cursor.class,
            Txn.class,
            ByteBufferProxy.class)
        .<Class<?>>flatMap(outer -> Stream.of(outer.getDeclaredClasses()))
        .filter(LmdbException.class::isAssignableFrom)
        .toList();
  }
}
