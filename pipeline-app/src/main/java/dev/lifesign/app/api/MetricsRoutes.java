package dev.lifesign.app.api;

import dev.lifesign.app.metrics.Metrics;
import io.javalin.Javalin;

/** {@code /metrics}, in Prometheus' text format. */
public final class MetricsRoutes implements Routes {

  private final Metrics metrics;

  public MetricsRoutes(Metrics metrics) {
    this.metrics = metrics;
  }

  @Override
  public void addTo(Javalin server) {
    Routes.get(
        server,
        "/metrics",
        context -> context.contentType(Metrics.CONTENT_TYPE).result(metrics.scrape()));
  }
}
