package dev.grantstore.tool;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/**
 * What a command has around it.
 *
 * @param arguments as they were given
 * @param environment the environment variables
 * @param out standard output
 * @param console standard error
 * @param interruption tells when to end early
 * @param clock says when something was
 */
public record Session(
    List<String> arguments,
    Map<String, String> environment,
    Output out,
    Console console,
    Interruption interruption,
    Clock clock) {

  /**
   * {@return that of a tool that runs inside another program: plain text, no terminal, no progress}
   *
   * @param arguments of the command line
   * @param environment the environment variables
   * @param out standard output; never closed
   * @param err standard error; never closed
   * @param interruption tells when to end early
   * @param clock says when something was
   */
  public static Session of(
      List<String> arguments,
      Map<String, String> environment,
      OutputStream out,
      OutputStream err,
      Interruption interruption,
      Clock clock) {
    // A clock that stands still: how long work takes shows in no output.
    Console console = new Console(err, false, () -> 0, () -> 0);
    Output output = new Output(out, false, console::clear);
    return new Session(arguments, environment, output, console, interruption, clock);
  }

  /**
   * {@return one with other arguments, whose standard output nobody reads}
   *
   * @param others arguments
   */
  public Session silent(List<String> others) {
    Output nowhere = new Output(OutputStream.nullOutputStream(), false, () -> {});
    return new Session(others, environment, nowhere, console, interruption, clock);
  }

  /** {@return that of this process} */
  static Session ofProcess(String[] arguments) {
    Map<String, String> environment = System.getenv();
    Console console =
        new Console(
            new FileOutputStream(FileDescriptor.err),
            Terminal.is(2),
            () -> Terminal.columns(environment),
            System::nanoTime);
    boolean isColoured = Terminal.hasColours(Terminal.is(1), environment);
    Output out = new Output(new FileOutputStream(FileDescriptor.out), isColoured, console::clear);
    return new Session(
        List.of(arguments),
        environment,
        out,
        console,
        Interruption.ofProcess(console),
        Clock.systemUTC());
  }
}
