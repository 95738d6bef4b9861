package dev.lifesign.bench.job;

import java.util.stream.LongStream;

/** The ticks in the log of a job. */
public enum Ticks {
  /** One tick per hour of event time, and one when everything has become true. */
  HOURLY {
    @Override
    public LongStream of(Job job) {
      return LongStream.concat(
          LongStream.range(0, job.hours()).map(hour -> Job.START + hour * HOUR),
          LongStream.of(last(job)));
    }

    @Override
    public long last(Job job) {
      return job.end() + DAY;
    }
  },
  /**
   * A single tick when everything has become true, so that all deadlines are due at the same time.
   */
  LAST {
    @Override
    public LongStream of(Job job) {
      return LongStream.of(last(job));
    }

    @Override
    public long last(Job job) {
      return job.end() + DAY;
    }
  },
  /** Many ticks right after the last event, while nothing is due. */
  IDLE {
    @Override
    public LongStream of(Job job) {
      return LongStream.rangeClosed(last(job) - IDLE_TICKS + 1, last(job));
    }

    @Override
    public long last(Job job) {
      return job.arrival(job.total() - 1) + IDLE_TICKS;
    }
  };

  /** The number of idle ticks per partition. */
  public static final int IDLE_TICKS = 20_000;

  private static final long HOUR = 3_600_000L;
  private static final long DAY = 24 * HOUR;

  /** The instants, ascending. */
  public abstract LongStream of(Job job);

  /** The last instant. */
  public abstract long last(Job job);
}
