package dev.lifesign.core.contract;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Optional;

/**
 * What a task is at work on. Its thread notes each record before it processes it, which takes a few
 * stores and no allocation; any thread may look, to see whether the task makes progress.
 */
public final class WorkInHand {

  private static final VarHandle STEP;

  static {
    try {
      STEP = MethodHandles.lookup().findVarHandle(WorkInHand.class, "step", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private static final String DUE_WORK = "";

  /** Odd while something is in hand; never twice the same. */
  @SuppressWarnings("UnusedVariable") // Read and written through STEP.
  private long step;

  private String topic = DUE_WORK;
  private int partition;
  private long offset;
  private Thread thread = Thread.currentThread();

  /**
   * A record, or work that time has brought about, which a task has not finished.
   *
   * @param step tells it from all else that the task was or will be at work on
   * @param topic of the record; empty for work that time has brought about
   * @param partition of the record, or of the task
   * @param offset of the record; meaningless for work that time has brought about
   * @param thread that is at work on it
   */
  public record Item(long step, String topic, int partition, long offset, Thread thread) {

    /** Where it is, for a sentence. */
    public String place() {
      return topic.equals(DUE_WORK)
          ? "the deadlines of partition " + partition
          : "%s, partition %d, offset %d".formatted(topic, partition, offset);
    }
  }

  /** What is in hand now; empty where nothing is, or where it changes at this instant. */
  public Optional<Item> look() {
    long before = (long) STEP.getAcquire(this);
    Item item = new Item(before, topic, partition, offset, thread);
    VarHandle.loadLoadFence();
    long after = (long) STEP.getOpaque(this);
    return before % 2 == 1 && before == after ? Optional.of(item) : Optional.empty();
  }

  /** The task's thread begins with a record. */
  public void begin(String newTopic, int newPartition, long newOffset) {
    VarHandle.storeStoreFence();
    topic = newTopic;
    partition = newPartition;
    offset = newOffset;
    thread = Thread.currentThread();
    STEP.setRelease(this, step + 1);
  }

  /** The task's thread begins with what time has brought about. */
  public void beginDueWork(int ofPartition) {
    begin(DUE_WORK, ofPartition, -1);
  }

  /** It has finished what it had in hand, or given it up. */
  public void end() {
    STEP.setRelease(this, step + 1);
  }
}
