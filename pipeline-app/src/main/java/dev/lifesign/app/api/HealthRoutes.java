package dev.lifesign.app.api;

import dev.lifesign.app.query.answer.HealthAnswer;
import dev.lifesign.app.query.answer.JsonWriter;
import dev.lifesign.app.runtime.Readiness;
import dev.lifesign.app.runtime.TaskProgress;
import io.javalin.Javalin;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.List;
import java.util.function.Supplier;

/** Serves {@code /health/live} and {@code /health/ready}, for probes and for people. */
public final class HealthRoutes implements Routes {

  private final Supplier<Readiness> readiness;
  private final TaskProgress tasks;

  /**
   * Routes that report the health of this process.
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
    HealthAnswer answer =
        new HealthAnswer(
            now.live(),
            now.ready(),
            List.copyOf(now.reasons()),
            tasks.places().stream()
                .map(
                    place ->
                        HealthAnswer.Task.of(
                            place.partition(),
                            place.lastTick(),
                            place.caughtUpTo(),
                            place.overdueMillis()))
                .toList());
    context
        .status(good ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE)
        .contentType("application/json")
        .result(JsonWriter.write(answer));
  }
}
