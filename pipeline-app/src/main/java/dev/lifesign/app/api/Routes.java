package dev.lifesign.app.api;

import io.javalin.Javalin;
import io.javalin.http.Handler;

/** Serves some of the API's paths. */
@FunctionalInterface
public interface Routes {

  /** Adds its paths to a server that has not started. */
  void addTo(Javalin server);

  /** Serves a path. The answer to HEAD has the status and headers of GET. */
  static void get(Javalin server, String path, Handler handler) {
    server.get(path, handler);
    server.head(path, handler);
  }
}
