package dev.grantstore.tool;

import dev.grantstore.GrantStoreException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.PicocliException;

/** What a failure means on the command line: one line in our words, and an exit code. */
public final class Failures {
  /** Longer than any message of ours; what is longer repeats somebody else's text. */
  private static final int LONGEST_LINE = 1_000;

  /**
   * A class of the JDK or of a library, with its package: no part of a path, and nothing in quotes.
   */
  private static final Pattern CLASS_NAME =
      Pattern.compile(
          "(?<![\\w./'\"-])(?:java|javax|jdk|sun|org[./](?:rocksdb|lmdbjava|sqlite|h2)|jnr"
              + "|com[./](?:google|github[./]luben|fasterxml))[./]"
              + "(?:[a-z][a-z0-9_]*[./])*[A-Z][A-Za-z0-9_$]*(?![\\w/'\"]|\\.\\w)(?::\\s*)?");

  private Failures() {}

  /** {@return the exit code for what no tool has a code of its own for} */
  static int code(Throwable failure) {
    if (failure instanceof GrantStoreException store) {
      return ExitCode.of(store);
    }
    return failure instanceof IllegalArgumentException && isOurs(failure)
        ? ExitCode.USAGE
        : ExitCode.FAILURE;
  }

  /** {@return what went wrong, in one line; empty if nobody expected that} */
  static Optional<String> line(Throwable failure) {
    String text = text(failure);
    return Optional.ofNullable(text).map(words -> line(withoutClasses(words, failure)));
  }

  /**
   * {@return what a failure says for whoever knows what it means, without names of classes}
   *
   * @param failure any
   */
  public static String words(Throwable failure) {
    String own = failure.getMessage();
    return own == null ? Tool.message(failure) : line(withoutClasses(own, failure));
  }

  /** {@return a message in one line that moves no cursor; no word of it is taken away} */
  static String line(String message) {
    String line = ForeignText.visible(message.replaceAll("\\s*\\R\\s*", " ")).strip();
    return line.length() <= LONGEST_LINE ? line : line.substring(0, LONGEST_LINE) + "...";
  }

  /**
   * {@return a message without the names of the classes that failed, and without those in the words
   * of libraries} What else looks like a class may be a file, a column or an id of the user.
   */
  static String withoutClasses(String message, Throwable failure) {
    String text = message;
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String words = Objects.requireNonNullElse(cause.getMessage(), "");
      text = text.replace(cause.toString(), words);
      if (!words.isBlank() && isLibrarys(cause)) {
        text = text.replace(words, CLASS_NAME.matcher(words).replaceAll(""));
      }
    }
    return text;
  }

  /** {@return where the stack trace is now; empty where it could not be put} */
  static Optional<Path> save(String tool, List<String> arguments, Throwable failure) {
    StringWriter trace = new StringWriter();
    trace.append(String.join("\n", Versions.lines(tool))).append("\narguments ");
    trace.append(arguments.toString()).append('\n');
    failure.printStackTrace(new PrintWriter(trace, true));
    try {
      Path file = Files.createTempFile(tool + "-failure-", ".txt");
      Files.write(file, trace.toString().getBytes(StandardCharsets.UTF_8));
      return Optional.of(file);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static @Nullable String text(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof OutOfMemoryError) {
        return "out of memory: raise the heap with GRANTSTORE_JAVA_OPTS=-Xmx4g, or use less of it"
            + " (--memory, --threads)";
      }
    }
    String message = failure.getMessage();
    if (failure instanceof FileSystemException file) {
      return String.format(Locale.ROOT, "%s: %s", reason(file), file.getFile());
    }
    if (failure instanceof CharacterCodingException) {
      return "text is not valid UTF-8";
    }
    if (failure instanceof UncheckedIOException && failure.getCause() instanceof IOException io) {
      String why = text(io);
      return message == null || message.equals(io.toString()) ? why : message + ": " + why;
    }
    if (failure instanceof IOException) {
      return message == null ? "input or output failed" : "input or output failed: " + message;
    }
    return message != null && isOurs(failure) ? message : null;
  }

  /** Thrown by this project's code on purpose: then its words are meant for people. */
  private static boolean isOurs(Throwable failure) {
    if (failure.getClass().getName().startsWith("dev.grantstore.")) {
      return true;
    }
    StackTraceElement[] trace = failure.getStackTrace();
    boolean isChosen =
        failure.getClass() == IllegalArgumentException.class
            || failure.getClass() == IllegalStateException.class;
    return isChosen && trace.length > 0 && trace[0].getClassName().startsWith("dev.grantstore.");
  }

  /** Not ours, and more than a file's name or what was typed, which the JDK and picocli repeat. */
  private static boolean isLibrarys(Throwable failure) {
    return !isOurs(failure)
        && !(failure instanceof FileSystemException)
        && !(failure instanceof PicocliException);
  }

  private static String reason(FileSystemException failure) {
    if (failure instanceof NoSuchFileException) {
      return "file does not exist";
    }
    if (failure instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (failure instanceof FileAlreadyExistsException) {
      return "file exists";
    }
    if (failure instanceof NotDirectoryException) {
      return "not a folder";
    }
    if (failure instanceof DirectoryNotEmptyException) {
      return "folder is not empty";
    }
    return failure.getReason() == null ? "input or output failed" : failure.getReason();
  }
}
