package dev.lifesign.app.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lifesign.app.runtime.Readiness;
import dev.lifesign.app.runtime.TaskProgress;
import dev.lifesign.domain.time.Instants;
import io.javalin.Javalin;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Instant;
import java.util.function.Supplier;

/** Serves {@code /health/live} and {@code /health/ready}, for probes and for people. */
public final class HealthRoutes implements Routes {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Supplier<Readiness> readiness;
  private final TaskProgress tasks;

  /**
   * Routes that tell the health of this process.
   *
   * @param readiness as of now
   * @param tasks how far its tasks have come
   */
  public HealthRoutes(Supplier<Readiness> readiness, TaskProgress tasks) {
    this.readiness = readiness;
    this.tasks = tasks;
  }

  @Override
  public void addTo(Javalin server) {
    Routes.get(
        server, "/health/live", context -> write(context, readiness.get().live(), readiness.get()));
    Routes.get(
        server,
        "/health/ready",
        context -> {
          Readiness now = readiness.get();
          write(context, now.live() && now.ready(), now);
        });
  }

  private void write(Context context, boolean good, Readiness now) {
    ObjectNode node = JSON.createObjectNode();
    node.put("live", now.live());
    node.put("ready", now.ready());
    ArrayNode reasons = node.putArray("reasons");
    now.reasons().forEach(reasons::add);
    ArrayNode list = node.putArray("tasks");
    for (TaskProgress.Place place : tasks.places()) {
      ObjectNode task = list.addObject();
      task.put("partition", place.partition());
      task.put("lastTick", shown(place.lastTick()));
      task.put("caughtUpTo", shown(place.caughtUpTo()));
      task.put("overdueMillis", place.overdueMillis());
    }
    context
        .status(good ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE)
        .contentType("application/json")
        .result(node.toString());
  }

  private static String shown(long instant) {
    return instant == Instants.NEVER ? null : Instant.ofEpochMilli(instant).toString();
  }
}
