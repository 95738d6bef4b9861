package dev.lifesign.app.metrics;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import java.util.regex.Pattern;

/**
 * Adapts the meters of libraries to what {@code promtool check metrics} accepts. Every meter gets a
 * help text. Gauges whose names look like a part of a histogram are left out, and so are values in
 * nanoseconds or milliseconds, since Prometheus uses seconds.
 *
 * <p>Kafka Streams names a label of a store's meters after the kind of store, such as {@code
 * rocksdb.state.id}. Prometheus accepts only one set of labels per meter, and rejects the meters of
 * every other kind of store. The only other kind here is the commit notice, which stores nothing,
 * so its meters are left out.
 */
final class PrometheusNames implements MeterFilter {

  private static final Pattern NO_BASE_UNIT = Pattern.compile(".*[.-](ns|ms)([.-].*)?");
  private static final String COUNT = ".count";
  private static final String NOTICES = "commit.notice.state.id";

  @Override
  public MeterFilterReply accept(Meter.Id id) {
    boolean other =
        NO_BASE_UNIT.matcher(id.getName()).matches()
            || "ns".equals(id.getBaseUnit())
            || id.getName().endsWith(COUNT)
            || id.getTag(NOTICES) != null;
    return other ? MeterFilterReply.DENY : MeterFilterReply.NEUTRAL;
  }

  @Override
  public Meter.Id map(Meter.Id id) {
    String description = id.getDescription();
    return new Meter.Id(
        id.getName(),
        Tags.of(id.getTagsAsIterable()),
        id.getBaseUnit(),
        description == null || description.isBlank() ? "See Kafka's documentation" : description,
        id.getType());
  }
}
