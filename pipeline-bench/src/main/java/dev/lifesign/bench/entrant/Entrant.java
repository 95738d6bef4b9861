package dev.lifesign.bench.entrant;

/** One way to do the job. */
public interface Entrant {

  /**
   * Does it, from the beginning of the input topics to their end.
   *
   * @param progress is told of each event that is done
   */
  void run(EntrantRun run, Progress progress);
}
