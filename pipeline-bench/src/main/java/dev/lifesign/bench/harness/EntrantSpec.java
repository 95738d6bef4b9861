package dev.lifesign.bench.harness;

import java.nio.file.Path;
import java.util.List;

/**
 * An entrant as the harness knows it.
 *
 * @param name in reports, and of what its process runs
 * @param tells whether it is to tell status changes
 * @param commitMillis how often it commits
 * @param main the class of its process
 * @param classPath of its process
 * @param heapGigabytes of its process
 * @param flags more of its JVM
 * @param oneProcessor whether it has one processor, where one can be had ({@link OneProcessor})
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

  /** Keeps its own copy of the flags. */
  public EntrantSpec {
    flags = List.copyOf(flags);
  }

  private static final String OWN_MAIN = "dev.lifesign.bench.entrant.EntrantMain";

  private static final int HEAP = 1;

  /** Lifesign's own commit interval. */
  public static final int COMMIT_MILLIS = 200;

  /** One that is in this module. */
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

  /** The same that commits more or less often. */
  public EntrantSpec committingEvery(int millis) {
    return new EntrantSpec(
        name, tells, millis, main, classPath, heapGigabytes, flags, oneProcessor);
  }

  /** The same with another heap. */
  public EntrantSpec withHeap(int gigabytes) {
    return new EntrantSpec(
        name, tells, commitMillis, main, classPath, gigabytes, flags, oneProcessor);
  }

  /** The same with more flags of the JVM. */
  public EntrantSpec withFlags(List<String> more) {
    return new EntrantSpec(
        name, tells, commitMillis, main, classPath, heapGigabytes, more, oneProcessor);
  }

  /** The same held to one processor. */
  public EntrantSpec onOneProcessor() {
    return new EntrantSpec(name, tells, commitMillis, main, classPath, heapGigabytes, flags, true);
  }

  /** Apache Flink, with the libraries of its own module. */
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
