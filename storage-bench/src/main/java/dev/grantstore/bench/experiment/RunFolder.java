package dev.grantstore.bench.experiment;

import dev.grantstore.bench.result.ResultJson;
import dev.grantstore.folder.FolderTree;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where a run keeps what it has, as it comes: the plan, what each fork was asked and answered with
 * its log, and the result so far. An interrupted run goes on from there.
 *
 * @param path the folder
 */
public record RunFolder(Path path) {
  private static final String PLAN = "plan.json";
  private static final String REPORTS = "reports.json";
  private static final String FORKS = "forks";
  private static final String RESULT = "result.json";

  /**
   * Which files somebody wants beside those of the folder, so that a run that goes on writes them,
   * too.
   *
   * @param output for the result as JSON, absolute; null for none
   * @param html for the page, absolute; null for none
   */
  public record Reports(@Nullable String output, @Nullable String html) {
    /** None. */
    public static final Reports NONE = new Reports(null, null);
  }

  /**
   * Makes the folder of a new run.
   *
   * @param path which must not be there
   * @param plan what is to be measured
   * @param reports what is to be written at the end
   * @return the folder
   * @throws IOException if it is there, or cannot be made
   */
  public static RunFolder create(Path path, RunPlan plan, Reports reports) throws IOException {
    if (Files.exists(path)) {
      throw new FileAlreadyExistsException("a run's folder is there already: " + path);
    }
    Files.createDirectories(path.resolve(FORKS));
    ResultJson.save(reports, path.resolve(REPORTS));
    ResultJson.save(plan, path.resolve(PLAN));
    return new RunFolder(path);
  }

  /**
   * {@return the plan of a run}
   *
   * @throws IllegalArgumentException if this is no folder of a run
   * @throws IOException if a link in it leads out of it: what goes on there is written into it
   */
  public RunPlan plan() throws IOException {
    FolderTree.checkNoLinks(path);
    Path file = path.resolve(PLAN);
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "not the folder of a run, it has no %s: %s", PLAN, path));
    }
    return ResultJson.read(file, RunPlan.class);
  }

  /**
   * {@return what is to be written at the end}
   *
   * @throws IOException if it cannot be read
   */
  public Reports reports() throws IOException {
    Path file = path.resolve(REPORTS);
    return Files.isRegularFile(file) ? ResultJson.read(file, Reports.class) : Reports.NONE;
  }

  /** {@return where requests, answers and logs of forks are} */
  public Path forks() {
    return path.resolve(FORKS);
  }

  /** {@return the file with the result so far} */
  public Path result() {
    return path.resolve(RESULT);
  }

  /** {@return the file for the page} */
  public Path page() {
    return path.resolve("result.html");
  }
}
