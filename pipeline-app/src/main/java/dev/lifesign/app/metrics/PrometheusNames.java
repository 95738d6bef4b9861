package dev.lifesign.app.metrics;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import java.util.regex.Pattern;

/**
 * Makes others' meters what {@code promtool check metrics} accepts: every one has a help text; a
 * gauge that is named like a part of a histogram is left out, and so is what is measured in
 * nanoseconds or milliseconds, since Prometheus counts in seconds.
 *
 * <p>Kafka Streams names a label of a store's meters after the kind of store, such as {@code
 * rocksdb.state.id}. Prometheus takes a meter with one set of labels only, and refuses those of
 * every other kind. The one other kind here is the notice of a commit, which stores nothing: its
 * meters are left out.
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
