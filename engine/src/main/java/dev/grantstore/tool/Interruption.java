package dev.grantstore.tool;

import dev.grantstore.folder.LockedFolder;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Ctrl-C and SIGTERM. The JVM runs its hooks while the work goes on, and ends when they do: the
 * hook here asks the work to stop and waits a moment until it has closed its store and removed its
 * files, so that native handles are released by the thread that holds them. What does not end in
 * time, such as one long native call, dies with the process; then the hook removes the folders that
 * it held. Thread-safe.
 */
public final class Interruption {
  private static final Logger LOG = Logger.getLogger(Interruption.class.getName());

  /** With removing and the JVM's own end it is to be less than two seconds. */
  private static final long PATIENCE_MILLIS = 1_200;

  private final CountDownLatch ended = new CountDownLatch(1);
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private final List<Runnable> remedies = new CopyOnWriteArrayList<>();
  private volatile boolean isRequested;
  private boolean isEnding;
  private volatile int code;
  private volatile @Nullable String kept;

  private Interruption() {}

  /** {@return one that comes when {@link #request} is called only; for tests} */
  public static Interruption never() {
    return new Interruption();
  }

  /** {@return that of this process} */
  static Interruption ofProcess(Console console) {
    Interruption interruption = new Interruption();
    Thread hook = new Thread(() -> interruption.end(console), "shutdown");
    Runtime.getRuntime().addShutdownHook(hook);
    return interruption;
  }

  /** Asks to end. */
  public void request() {
    isRequested = true;
    runEach(listeners);
  }

  /** {@return whether somebody asked to end} */
  public boolean isRequested() {
    return isRequested;
  }

  /**
   * Tells when it comes, or came.
   *
   * @param listener quick; called on any thread
   */
  public void whenRequested(Runnable listener) {
    listeners.add(listener);
    if (isRequested) {
      listener.run();
    }
  }

  /**
   * Says what else is to be done if the command cannot do so any more: its threads still run then,
   * other processes that it started do not, and the folders that it held are gone.
   *
   * @param remedy quick; called on another thread
   */
  public void lastly(Runnable remedy) {
    remedies.add(remedy);
  }

  /**
   * Says what stays, and how to go on with it.
   *
   * @param what said in a line when the command is interrupted
   */
  public void keeps(String what) {
    kept = what;
  }

  /**
   * Nothing is left to be done.
   *
   * @param exitCode what the process ends with, if it may choose
   * @return whether a signal ends the process already; the JVM must not be asked to end as well, or
   *     it ends with whichever status comes last
   */
  synchronized boolean ended(int exitCode) {
    code = exitCode;
    ended.countDown();
    return isEnding;
  }

  /** {@return whether there is something to be ended} */
  private synchronized boolean beginsToEnd() {
    isEnding = ended.getCount() > 0;
    return isEnding;
  }

  void end(Console console) {
    if (!beginsToEnd()) {
      return;
    }
    console.say("interrupted: stopping");
    request();
    try {
      if (ended.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
        // The JVM ends with the signal's own status, unless what was found says more.
        if (code == ExitCode.FOUND || code == ExitCode.WRONG) {
          Runtime.getRuntime().halt(code);
        }
      } else {
        endChildren();
        runEach(List.of(LockedFolder::removeHeld));
        runEach(remedies);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    String stays = kept;
    if (stays != null) {
      console.say(stays);
    }
  }

  /** One that fails keeps nobody from ending, and no other from its turn. */
  private static void runEach(List<Runnable> actions) {
    for (Runnable action : actions) {
      try {
        action.run();
      } catch (RuntimeException | Error e) {
        LOG.log(Level.FINE, "failed while ending", e);
      }
    }
  }

  private static void endChildren() throws InterruptedException {
    List<ProcessHandle> children = ProcessHandle.current().descendants().toList();
    children.forEach(ProcessHandle::destroyForcibly);
    for (int i = 0; i < 20 && children.stream().anyMatch(ProcessHandle::isAlive); i++) {
      Thread.sleep(10);
    }
  }
}
