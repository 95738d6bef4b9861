package dev.lifesign.bench.harness;

import java.nio.file.Path;
import java.util.List;

/**
 * The specification of an entrant.
 *
 * @param name its name in reports and for its process
 * @param tells whether it must publish status changes
 * @param commitMillis the commit interval, milliseconds
 * @param main the main class of its process
 * @param classPath the class path of its process
 * @param heapGigabytes the heap of its process, GiB
 * @param flags additional flags for its JVM
 * @param oneProcessor whether it is limited to one processor, if that is possible ({@link
 *     OneProcessor})
 */
public record EntrantSpec(
    String name,
    boolean tells,
    int commitMillis,
    String main,
    String classPath,
    int heapGigabytes,
    List<String> flags,
    boolean oneProcessor) {

  /** Its name for its process: without the addition that tells builds apart. */
  String processName() {
    return name.replace(OF_ANOTHER_BUILD, "");
  }

  /** Copies the flags. */
  public EntrantSpec {
    flags = List.copyOf(flags);
  }

  private static final String OWN_MAIN = "dev.lifesign.bench.entrant.EntrantMain";

  private static final int HEAP = 1;

  private static final String OF_ANOTHER_BUILD = "-of-another-build";

  /** Lifesign's default commit interval, milliseconds. */
  public static final int COMMIT_MILLIS = 200;

  /** An entrant of this module. */
  public static EntrantSpec own(String name, boolean tells) {
    return new EntrantSpec(
        name,
        tells,
        COMMIT_MILLIS,
        OWN_MAIN,
        System.getProperty("java.class.path"),
        HEAP,
        List.of(),
        false);
  }

  /** The same entrant with another commit interval. */
  public EntrantSpec committingEvery(int millis) {
    return new EntrantSpec(
        name, tells, millis, main, classPath, heapGigabytes, flags, oneProcessor);
  }

  /** The same entrant with another heap. */
  public EntrantSpec withHeap(int gigabytes) {
    return new EntrantSpec(
        name, tells, commitMillis, main, classPath, gigabytes, flags, oneProcessor);
  }

  /** The same entrant with additional JVM flags. */
  public EntrantSpec withFlags(List<String> more) {
    return new EntrantSpec(
        name, tells, commitMillis, main, classPath, heapGigabytes, more, oneProcessor);
  }

  /** The same entrant on one processor. */
  public EntrantSpec onOneProcessor() {
    return new EntrantSpec(name, tells, commitMillis, main, classPath, heapGigabytes, flags, true);
  }

  /**
   * The same entrant of another build.
   *
   * @param checkout the folder of the other build, whose benchmark is packaged
   */
  public EntrantSpec ofBuild(Path checkout) {
    Path target = checkout.resolve("pipeline-bench/target");
    return new EntrantSpec(
        name + OF_ANOTHER_BUILD,
        tells,
        commitMillis,
        main,
        target.resolve("classes") + ":" + target.resolve("lib") + "/*",
        heapGigabytes,
        flags,
        oneProcessor);
  }

  /** Apache Flink with the libraries of its own module. */
  public static EntrantSpec flink(String name, int commitMillis, Path module) {
    return new EntrantSpec(
        name,
        true,
        commitMillis,
        "dev.lifesign.bench.flink.FlinkMain",
        module.resolve("target/classes") + ":" + module.resolve("target/lib") + "/*",
        HEAP,
        List.of(),
        false);
  }
}
