package dev.lifesign.app.api;

import dev.lifesign.app.query.Answer;
import dev.lifesign.app.query.CustomerQueries;
import dev.lifesign.app.query.Forwarding;
import dev.lifesign.app.query.Question;
import dev.lifesign.app.query.answer.JsonWriter;
import io.javalin.Javalin;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.Optional;
import java.util.function.Supplier;

/** Serves {@code /v1/customers/{id}} and the paths below it. */
public final class CustomerRoutes implements Routes {

  private final Supplier<Optional<CustomerQueries>> queries;

  /**
   * Routes that ask.
   *
   * @param queries empty until the pipeline has started
   */
  public CustomerRoutes(Supplier<Optional<CustomerQueries>> queries) {
    this.queries = queries;
  }

  @Override
  public void addTo(Javalin server) {
    for (Question question : Question.values()) {
      Routes.get(
          server, "/v1/customers/{id}" + question.suffix(), context -> answer(context, question));
    }
  }

  private void answer(Context context, Question question) {
    Optional<String> customerId = RawPath.decode(context.pathParam("id"));
    if (customerId.isEmpty()) {
      Problem.write(
          context,
          HttpStatus.BAD_REQUEST,
          "The customer id must be percent-encoded in UTF-8, but it is "
              + context.pathParam("id")
              + "; encode every byte that is not a letter, a digit, or one of - . _ ~");
      return;
    }
    Optional<CustomerQueries> started = queries.get();
    if (started.isEmpty()) {
      notNow(context, new Answer.NotNow("The pipeline is starting", CustomerQueries.SOON));
      return;
    }
    boolean forwarded = context.header(Forwarding.HEADER) != null;
    Answer answer = started.get().ask(question, customerId.get(), forwarded);
    if (answer instanceof Answer.Found found) {
      context.contentType("application/json").result(JsonWriter.write(found.answer()));
    } else if (answer instanceof Answer.Relayed relayed) {
      context.contentType("application/json").result(relayed.json());
    } else if (answer instanceof Answer.NotThere notThere) {
      Problem.write(context, HttpStatus.NOT_FOUND, notThere.detail());
    } else if (answer instanceof Answer.NotPossible notPossible) {
      Problem.write(context, HttpStatus.NOT_IMPLEMENTED, notPossible.detail());
    } else if (answer instanceof Answer.NotNow notNow) {
      notNow(context, notNow);
    }
  }

  private static void notNow(Context context, Answer.NotNow answer) {
    context.header("Retry-After", String.valueOf(Math.max(1, answer.retryAfter().toSeconds())));
    Problem.write(context, HttpStatus.SERVICE_UNAVAILABLE, answer.detail());
  }
}
