package dev.lifesign.app.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lifesign.app.config.Settings;
import dev.lifesign.lab.UserError;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows what a running instance knows about a customer, and makes it forget one. */
@Command(
    name = "customer",
    mixinStandardHelpOptions = true,
    description = "Shows what a running instance knows about a customer, and makes it forget one.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  lifesign customer show c-000123",
      "  lifesign customer show c-000123 --timeline",
      "  lifesign customer erase c-000123 --config lifesign.yaml"
    })
final class CustomerCommand implements Runnable {

  private static final String DEFAULT_URL = "http://127.0.0.1:8080";
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      header = "Shows a customer: status and reason, what comes next, profile and open alerts.",
      footerHeading = "%nExamples:%n",
      footer = {
        "  lifesign customer show c-000123",
        "  lifesign customer show c-000123 --timeline --json",
        "  lifesign customer show c-000123 --config lifesign.yaml",
        "  LIFESIGN_API_KEY=... lifesign customer show c-000123 --url http://lifesign-0:8080",
        "",
        "Exits with 1 if the customer is unknown, or if no instance can answer at the moment."
      })
  int show(
      @Parameters(
              paramLabel = "ID",
              description = "the customer's id, which is the key of its events")
          String id,
      @Option(names = "--timeline", description = "show the last status changes instead")
          boolean timeline,
      @Option(names = "--json", description = "print the JSON that the API returns") boolean json,
      @Option(
              names = "--url",
              paramLabel = "URL",
              defaultValue = "${env:LIFESIGN_URL}",
              description =
                  "address of any instance (or LIFESIGN_URL; default: the address in --config, otherwise"
                      + " http://127.0.0.1:8080)")
          String url,
      @Option(
              names = "--api-key",
              paramLabel = "KEY",
              defaultValue = "${env:LIFESIGN_API_KEY}",
              description =
                  "the API key, http.apiKey of the instance (or LIFESIGN_API_KEY; default: the one in --config)")
          String apiKey,
      @Mixin SettingsOptions options) {
    Optional<Settings.Http> http = options.given().map(Settings::http);
    JsonNode answer =
        ask(
            Optional.ofNullable(url).or(() -> http.map(CustomerCommand::url)).orElse(DEFAULT_URL),
            id,
            timeline,
            Optional.ofNullable(apiKey).or(() -> http.flatMap(Settings.Http::apiKey)));
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(answer.toPrettyString());
    } else if (timeline) {
      answer.path("statusChanges").forEach(change -> printChange(out, change));
    } else {
      printCustomer(out, answer);
    }
    out.flush();
    return ExitCodes.OK;
  }

  @Command(
      name = "erase",
      mixinStandardHelpOptions = true,
      header = "Makes the pipeline forget a customer.",
      description = {
        "Makes the pipeline forget a customer: its state, its open alerts, and its records in compacted",
        "topics. This cannot be undone. Events that arrive later are dropped for a time, 30 days by",
        "default. Facts in topics that keep history age out; the answer names them. The customer's",
        "events in the input topics are not touched. Exits with 3 if the command was refused."
      },
      footerHeading = "%nExamples:%n",
      footer = {
        "  lifesign customer erase c-000123 --config lifesign.yaml",
        "  lifesign customer erase c-000123 --config lifesign.yaml --yes"
      })
  int erase(
      @Mixin SettingsOptions options,
      @Mixin OrderOptions.Asking asking,
      @Parameters(
              paramLabel = "ID",
              description = "the customer's id, which is the key of its events")
          String id,
      @Option(names = "--yes", description = "erase without asking") boolean yes) {
    if (!yes && !Terminal.isSure("Erase customer %s for good?".formatted(id))) {
      spec.commandLine().getErr().println("nothing was erased; add --yes, or answer with y");
      spec.commandLine().getErr().flush();
      return ExitCodes.FAILURE;
    }
    return asking.ask(options.settings(), asking.command("ERASE", id), spec.commandLine());
  }

  private static String url(Settings.Http http) {
    if (http.port() == 0 && http.advertised().isEmpty()) {
      throw new UserError(
          "The address of the instance is unknown, because http.port is 0, which means any free port;"
              + " set --url to the address in the log of the instance");
    }
    return "http://" + http.advertised().orElseGet(() -> local(http.host()) + ":" + http.port());
  }

  /** An instance that listens on all addresses is reached on the loopback interface. */
  private static String local(String host) {
    try {
      InetAddress address = InetAddress.getByName(host);
      if (address.isAnyLocalAddress()) {
        return "127.0.0.1";
      }
      return address instanceof Inet6Address && !host.startsWith("[") && host.contains(":")
          ? "[" + host + "]"
          : host;
    } catch (UnknownHostException e) {
      return host;
    }
  }

  private static JsonNode ask(String url, String id, boolean timeline, Optional<String> apiKey) {
    String path =
        "/v1/customers/"
            + URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20")
            + (timeline ? "/timeline" : "");
    try {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(url.replaceAll("/$", "") + path)).timeout(PATIENCE);
      apiKey.ifPresent(key -> request.header("Authorization", "Bearer " + key));
      HttpResponse<String> response =
          HttpClient.newHttpClient()
              .send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
      JsonNode body = new ObjectMapper().readTree(response.body());
      if (response.statusCode() != 200) {
        throw new UserError(body.path("detail").asText(url + " answered " + response.statusCode()));
      }
      return body;
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw notAnInstance(url, e.getMessage(), e);
    } catch (IOException e) {
      throw notAnInstance(url, e.getMessage() == null ? e.toString() : e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted", e);
    }
  }

  private static UserError notAnInstance(String url, String trouble, Exception cause) {
    return new UserError(
        "No instance of Lifesign answers at %s (%s); start one with lifesign run, or set --url"
            .formatted(url, trouble.lines().findFirst().orElse("no answer")),
        cause);
  }

  private static void printChange(PrintWriter out, JsonNode change) {
    out.printf(
        "%4d  %-24s %s -> %s%s%s%n",
        change.path("sequence").asInt(),
        change.path("effectiveAt").asText(),
        change.path("from").isNull() ? "-" : change.path("from").asText(),
        change.path("to").asText(),
        because(change.path("reason")),
        change.path("late").asBoolean() ? " (late)" : "");
  }

  private static String because(JsonNode reason) {
    return reason.asText().isEmpty() ? "" : ", " + reason.asText();
  }

  private static void printCustomer(PrintWriter out, JsonNode customer) {
    out.printf(
        "%s, as of %s%n", customer.path("customerId").asText(), customer.path("asOf").asText());
    out.printf(
        "  status         %s%s, since %s%n",
        customer.path("status").asText(),
        because(customer.path("reason")),
        customer.path("since").asText());
    JsonNode next = customer.path("next");
    if (next.isNull()) {
      out.println("  next           no change, if no further event arrives");
    } else {
      out.printf(
          "  next           %s%s at %s, if no further event arrives%n",
          next.path("status").asText(), because(next.path("reason")), next.path("at").asText());
    }
    out.printf("  types          %s%n", joined(customer.path("types")));
    printFields(out, "profile", customer.path("profile"));
    printFields(out, "evidence", customer.path("evidence"));
    customer.path("subscriptions").forEach(one -> printFields(out, "subscription", one));
    customer.path("openAlerts").forEach(one -> printFields(out, "open alert", one));
  }

  private static String joined(JsonNode list) {
    StringBuilder text = new StringBuilder();
    list.forEach(one -> text.append(text.isEmpty() ? "" : ", ").append(one.asText()));
    return text.toString();
  }

  private static void printFields(PrintWriter out, String title, JsonNode node) {
    String head = title;
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      if (!field.getValue().isNull()) {
        String value =
            field.getValue().isObject() ? field.getValue().toString() : field.getValue().asText();
        out.printf("  %-14s %-22s %s%n", head, field.getKey(), value);
        head = "";
      }
    }
  }
}
