package dev.lifesign.core.contract;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Optional;

/**
 * What a task is working on. Its thread notes each record before it processes it, which costs a few
 * memory writes and no allocation. Any thread may look, to see whether the task makes progress.
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

  /** Odd while something is in hand; never repeats. */
  @SuppressWarnings("UnusedVariable") // Read and written through STEP.
  private long step;

  private String topic = DUE_WORK;
  private int partition;
  private long offset;
  private Thread thread = Thread.currentThread();

  /**
   * A record, or the due deadlines of a partition, that a task is working on.
   *
   * @param step differs from that of every other item of the task
   * @param topic the topic of the record; empty for deadlines
   * @param partition the partition of the record, or of the deadlines
   * @param offset the offset of the record; meaningless for deadlines
   * @param thread the thread that is working on it
   */
  public record Item(long step, String topic, int partition, long offset, Thread thread) {

    /** The place of the item, as text for a message. */
    public String place() {
      return topic.equals(DUE_WORK)
          ? "the deadlines of partition " + partition
          : "%s, partition %d, offset %d".formatted(topic, partition, offset);
    }
  }

  /** What is in hand now; empty if nothing is, or if it is changing at this moment. */
  public Optional<Item> look() {
    long before = (long) STEP.getAcquire(this);
    Item item = new Item(before, topic, partition, offset, thread);
    VarHandle.loadLoadFence();
    long after = (long) STEP.getOpaque(this);
    return before % 2 == 1 && before == after ? Optional.of(item) : Optional.empty();
  }

  /** Called by the task's thread before it processes a record. */
  public void begin(String newTopic, int newPartition, long newOffset) {
    VarHandle.storeStoreFence();
    topic = newTopic;
    partition = newPartition;
    offset = newOffset;
    thread = Thread.currentThread();
    STEP.setRelease(this, step + 1);
  }

  /** Called by the task's thread before it processes due deadlines. */
  public void beginDueWork(int ofPartition) {
    begin(DUE_WORK, ofPartition, -1);
  }

  /** Called by the task's thread when it has finished its work, or failed. */
  public void end() {
    STEP.setRelease(this, step + 1);
  }
}
