package dev.lifesign.app.campaign;

/** What an operations team does to a pipeline. */
enum Fault {
  /** SIGTERM of an instance; started again. */
  STOP_PIPELINE,
  /** SIGKILL of an instance; started again. */
  KILL_PIPELINE,
  /** SIGKILL of the broker; started again up to three seconds later. */
  KILL_BROKER,
  /** SIGSTOP of an instance for 20 s. */
  STALL,
  /** SIGKILL of one of two instances, which joins again only after its session has ended. */
  KILL_ONE_OF_TWO
}
