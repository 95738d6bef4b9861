package dev.lifesign.bench.entrant;

/** One way to do the job. */
public interface Entrant {

  /**
   * Processes the input topics from their beginning to their end.
   *
   * @param progress counts each event that is done
   */
  void run(EntrantRun run, Progress progress);
}
