package dev.lifesign.bench.flink;

import dev.lifesign.bench.entrant.EntrantRun;
import dev.lifesign.bench.entrant.Progress;
import dev.lifesign.core.contract.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Properties;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * The job on Apache Flink, as its documentation would have it: one source over all topics with a
 * watermark for each partition, a key, keyed state in RocksDB, event-time timers, a transactional
 * sink. Customers' bytes cross the network shuffle as they came and are decoded behind it; objects
 * are reused; checkpoints are incremental. What an event makes of a customer is decided by the same
 * function as in Lifesign.
 */
final class FlinkJob {

  static final TypeInformation<Tuple3<String, Long, byte[]>> ARRIVED =
      Types.TUPLE(Types.STRING, Types.LONG, PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);
  static final TypeInformation<Tuple2<byte[], byte[]>> TOLD =
      Types.TUPLE(
          PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO,
          PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);

  /** The connector's default of an hour is more than brokers allow. */
  private static final String TRANSACTION_MILLIS = "600000";

  private FlinkJob() {}

  static void run(EntrantRun run, Progress progress) throws Exception {
    Topics topics = new Topics(run.inputs(), run.outputs());
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(configuration(run));
    env.setParallelism(Runtime.getRuntime().availableProcessors());
    env.setMaxParallelism(128);
    env.enableCheckpointing(run.commitMillis(), CheckpointingMode.EXACTLY_ONCE);
    Scoring.start(progress);
    env.fromSource(source(run, topics), watermarks(), "events")
        .keyBy(arrived -> arrived.f0)
        .process(
            new Scoring(
                run.registryUrl(),
                topics,
                !run.entrant().endsWith("-unordered"),
                run.job().end() + Duration.ofDays(1).toMillis()))
        .returns(TOLD)
        .sinkTo(sink(run, topics));
    env.execute(run.outputs());
  }

  private static Configuration configuration(EntrantRun run) {
    Configuration configuration = new Configuration();
    configuration.set(StateBackendOptions.STATE_BACKEND, "rocksdb");
    configuration.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
    configuration.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
    configuration.set(
        CheckpointingOptions.CHECKPOINTS_DIRECTORY, run.dir().resolve("checkpoints").toUri() + "");
    configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(1024));
    configuration.set(PipelineOptions.OBJECT_REUSE, true);
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
    configuration.setString("io.tmp.dirs", run.dir().resolve("flink").toString());
    return configuration;
  }

  private static KafkaSource<Tuple3<String, Long, byte[]>> source(EntrantRun run, Topics topics) {
    return KafkaSource.<Tuple3<String, Long, byte[]>>builder()
        .setBootstrapServers(run.bootstrapServers())
        .setGroupId(run.outputs() + "app")
        .setTopics(topics.inputs())
        .setStartingOffsets(OffsetsInitializer.earliest())
        .setBounded(OffsetsInitializer.latest())
        .setDeserializer(new Arrived())
        .build();
  }

  private static WatermarkStrategy<Tuple3<String, Long, byte[]>> watermarks() {
    return WatermarkStrategy.<Tuple3<String, Long, byte[]>>forMonotonousTimestamps()
        .withTimestampAssigner((arrived, timestamp) -> arrived.f1);
  }

  private static KafkaSink<Tuple2<byte[], byte[]>> sink(EntrantRun run, Topics topics) {
    Properties properties = new Properties();
    properties.put("transaction.timeout.ms", TRANSACTION_MILLIS);
    properties.put("compression.type", "lz4");
    properties.put("batch.size", "131072");
    return KafkaSink.<Tuple2<byte[], byte[]>>builder()
        .setBootstrapServers(run.bootstrapServers())
        .setKafkaProducerConfig(properties)
        .setRecordSerializer(new Told(topics.statusChanges()))
        .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
        .setTransactionalIdPrefix(run.outputs())
        .build();
  }

  /** A record as it crosses the shuffle: customer, arrival, the event's bytes. */
  private static final class Arrived
      implements KafkaRecordDeserializationSchema<Tuple3<String, Long, byte[]>> {

    @Override
    public void deserialize(
        ConsumerRecord<byte[], byte[]> record, Collector<Tuple3<String, Long, byte[]>> out) {
      out.collect(
          Tuple3.of(
              new String(record.key(), StandardCharsets.UTF_8),
              record.timestamp(),
              record.value()));
    }

    @Override
    public TypeInformation<Tuple3<String, Long, byte[]>> getProducedType() {
      return ARRIVED;
    }
  }

  /** A status change as a record. */
  private record Told(String topic)
      implements KafkaRecordSerializationSchema<Tuple2<byte[], byte[]>> {

    @Override
    public ProducerRecord<byte[], byte[]> serialize(
        Tuple2<byte[], byte[]> told, KafkaSinkContext context, Long timestamp) {
      return new ProducerRecord<>(topic, told.f0, told.f1);
    }
  }
}
