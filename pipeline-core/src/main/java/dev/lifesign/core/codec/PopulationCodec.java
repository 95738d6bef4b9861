package dev.lifesign.core.codec;

import dev.lifesign.domain.scoring.CutHistory;
import dev.lifesign.domain.scoring.Population;
import dev.lifesign.domain.scoring.PopulationBlock;
import dev.lifesign.domain.scoring.PopulationBlock.Dimension;
import dev.lifesign.domain.scoring.PopulationCuts;
import dev.lifesign.domain.scoring.Quintiles;
import dev.lifesign.schema.ControlRecord;
import dev.lifesign.schema.PopulationCounts;
import dev.lifesign.schema.PopulationSnapshot;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.utils.ByteUtils;
import org.apache.kafka.common.utils.Bytes;

/** Encodes a population and its cut points for stores and topics, and decodes them again. */
public final class PopulationCodec {

  /** The key of cut points in the control topic. */
  public static final String CUTS_KEY = "cuts";

  private static final Dimension[] DIMENSIONS = Dimension.values();
  private static final int CUTS_BYTES = (3 + 3 * 3 * Quintiles.CUTS) * Long.BYTES;

  private static final int LONGEST_VARLONG = 10;

  private PopulationCodec() {}

  /**
   * The key of a block in the store {@code population}: the dimension in one byte, then the number
   * of the block in eight, big-endian with its sign bit flipped.
   */
  public static Bytes key(PopulationBlock block) {
    return Bytes.wrap(
        ByteBuffer.allocate(1 + Long.BYTES)
            .put((byte) block.dimension().ordinal())
            .putLong(block.number() ^ Long.MIN_VALUE)
            .array());
  }

  /** Decodes the key of a block. */
  public static PopulationBlock block(Bytes key) {
    ByteBuffer bytes = ByteBuffer.wrap(key.get());
    return new PopulationBlock(DIMENSIONS[bytes.get()], bytes.getLong() ^ Long.MIN_VALUE);
  }

  /** Encodes the counts of a block. */
  public static byte[] encode(long[] counts) {
    ByteBuffer bytes = ByteBuffer.allocate(counts.length * LONGEST_VARLONG);
    for (long count : counts) {
      ByteUtils.writeVarlong(count, bytes);
    }
    return Arrays.copyOf(bytes.array(), bytes.position());
  }

  /** Decodes the counts of a block. */
  public static long[] decode(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    long[] counts = new long[bytes.length];
    int size = 0;
    while (buffer.hasRemaining()) {
      counts[size++] = ByteUtils.readVarlong(buffer);
    }
    return Arrays.copyOf(counts, size);
  }

  /**
   * Converts the population of a partition to the record that is sent to be added up.
   *
   * @param asOf the instant as of which it was counted, milliseconds since 1970
   * @param coarsenedAt the instant as of which it was last coarsened, milliseconds since 1970
   */
  public static PopulationSnapshot encode(
      int partition, long asOf, long coarsenedAt, Population population) {
    List<PopulationCounts> blocks = new ArrayList<>();
    population.forEachBlock(
        (block, counts) ->
            blocks.add(
                new PopulationCounts(
                    block.dimension().ordinal(),
                    block.number(),
                    Arrays.stream(counts).boxed().toList())));
    return new PopulationSnapshot(
        partition, Instant.ofEpochMilli(asOf), Instant.ofEpochMilli(coarsenedAt), blocks);
  }

  /** Adds the counts of a snapshot to a population. */
  public static void addTo(Population population, PopulationSnapshot snapshot) {
    for (PopulationCounts counts : snapshot.getBlocks()) {
      population.add(
          new PopulationBlock(DIMENSIONS[counts.getDimension()], counts.getNumber()),
          counts.getCounts().stream().mapToLong(Long::longValue).toArray());
    }
  }

  /** Converts cut points to a record. */
  public static ControlRecord encode(PopulationCuts cuts) {
    return new ControlRecord(
        new dev.lifesign.schema.PopulationCuts(
            Instant.ofEpochMilli(cuts.asOf()),
            cuts.customers(),
            encode(cuts.recency()),
            encode(cuts.orders()),
            encode(cuts.money())));
  }

  private static dev.lifesign.schema.Quintiles encode(Quintiles quintiles) {
    return new dev.lifesign.schema.Quintiles(quintiles.below(), quintiles.at(), quintiles.above());
  }

  /** Encodes cut points, and the instants from which they apply, for the store {@code control}. */
  public static byte[] encode(CutHistory history) {
    ByteBuffer bytes = ByteBuffer.allocate(history.list().size() * CUTS_BYTES);
    for (CutHistory.InForce inForce : history.list()) {
      PopulationCuts cuts = inForce.cuts();
      bytes.putLong(inForce.from()).putLong(cuts.asOf()).putLong(cuts.customers());
      for (Quintiles quintiles : List.of(cuts.recency(), cuts.orders(), cuts.money())) {
        for (List<Long> four : List.of(quintiles.below(), quintiles.at(), quintiles.above())) {
          four.forEach(bytes::putLong);
        }
      }
    }
    return bytes.array();
  }

  /** Decodes the cut points of the store {@code control}. */
  public static CutHistory decodeCuts(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    List<CutHistory.InForce> history = new ArrayList<>();
    while (buffer.hasRemaining()) {
      history.add(
          new CutHistory.InForce(
              buffer.getLong(),
              new PopulationCuts(
                  buffer.getLong(),
                  buffer.getLong(),
                  quintiles(buffer),
                  quintiles(buffer),
                  quintiles(buffer))));
    }
    return new CutHistory(history);
  }

  private static Quintiles quintiles(ByteBuffer buffer) {
    return new Quintiles(four(buffer), four(buffer), four(buffer));
  }

  private static List<Long> four(ByteBuffer buffer) {
    return List.of(buffer.getLong(), buffer.getLong(), buffer.getLong(), buffer.getLong());
  }

  /**
   * Converts a record to cut points.
   *
   * @throws IllegalArgumentException if a dimension does not have four of them
   */
  public static PopulationCuts decode(dev.lifesign.schema.PopulationCuts cuts) {
    return new PopulationCuts(
        cuts.getAsOf().toEpochMilli(),
        cuts.getCustomers(),
        decode(cuts.getRecency()),
        decode(cuts.getOrders()),
        decode(cuts.getMoney()));
  }

  private static Quintiles decode(dev.lifesign.schema.Quintiles quintiles) {
    return new Quintiles(quintiles.getBelow(), quintiles.getAt(), quintiles.getAbove());
  }
}
