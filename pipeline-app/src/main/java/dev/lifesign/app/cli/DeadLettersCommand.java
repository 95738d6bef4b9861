package dev.lifesign.app.cli;

import dev.lifesign.app.config.Settings;
import dev.lifesign.app.deadletter.DeadLetterBox;
import dev.lifesign.app.deadletter.Origin;
import dev.lifesign.app.deadletter.Selection;
import dev.lifesign.app.runtime.Connections;
import dev.lifesign.lab.UserError;
import dev.lifesign.schema.DeadLetter;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists, shows and resends rejected input records. */
@Command(
    name = "dead-letters",
    mixinStandardHelpOptions = true,
    description = "Shows rejected input records, and sends them again.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  lifesign dead-letters list --config lifesign.yaml",
      "  lifesign dead-letters show lifesign.purchases-3@42 --config lifesign.yaml",
      "  lifesign dead-letters resend --reason WRONG_PARTITION --config lifesign.yaml"
    })
final class DeadLettersCommand implements Runnable {

  private static final int SHOWN_BYTES = 512;
  private static final int HEX_LINE = 16;

  @Spec private CommandSpec spec;

  /** The options that select dead letters. */
  static final class SelectionOptions {
    @Option(
        names = "--reason",
        paramLabel = "CODE",
        description = "only dead letters with this reason")
    private String reason;

    @Option(
        names = "--topic",
        paramLabel = "TOPIC",
        description = "only dead letters from this input topic")
    private String topic;

    @Option(
        names = "--since",
        paramLabel = "INSTANT",
        description =
            "only dead letters that arrived at this instant or later, such as 2026-03-01T00:00:00Z")
    private String since;

    @Option(
        names = "--until",
        paramLabel = "INSTANT",
        description = "only dead letters that arrived before this instant")
    private String until;

    Selection selection() {
      return new Selection(
          Optional.empty(),
          Optional.ofNullable(reason),
          Optional.ofNullable(topic),
          instant("--since", since),
          instant("--until", until));
    }

    private static Optional<Instant> instant(String option, String text) {
      try {
        return Optional.ofNullable(text).map(Instant::parse);
      } catch (DateTimeException e) {
        throw new UserError(
            "%s is %s, which is not an instant; write it as in 2026-03-01T00:00:00Z"
                .formatted(option, text),
            e);
      }
    }
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  private static DeadLetterBox box(SettingsOptions options) {
    Settings settings = options.settings();
    Connections connections = new Connections(settings);
    connections.admin().close();
    return new DeadLetterBox(connections, settings);
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      header = "Lists dead letters, and counts them by reason.",
      footerHeading = "%nExamples:%n",
      footer = {
        "  lifesign dead-letters list --config lifesign.yaml --reason KEY_MISMATCH --limit 10",
        "  lifesign dead-letters list --config lifesign.yaml --since 2026-03-01T00:00:00Z"
      })
  int list(
      @Mixin SettingsOptions options,
      @Mixin SelectionOptions selection,
      @Option(
              names = "--limit",
              paramLabel = "N",
              defaultValue = "100",
              description =
                  "maximum number of lines; all dead letters are counted (default ${DEFAULT-VALUE})")
          int limit) {
    PrintWriter out = spec.commandLine().getOut();
    Map<String, Integer> reasons = new TreeMap<>();
    AtomicInteger count = new AtomicInteger();
    box(options)
        .each(
            selection.selection(),
            (letter, resent) -> {
              reasons.merge(letter.getReason() + (resent ? ", sent again" : ""), 1, Integer::sum);
              if (count.incrementAndGet() <= limit) {
                out.printf(
                    "%-34s %-24s %-22s %s%s%n",
                    Origin.of(letter),
                    when(letter),
                    letter.getReason(),
                    resent ? "(sent again) " : "",
                    letter.getMessage());
              }
            });
    reasons.forEach((reason, number) -> out.printf("%,9d %s%n", number, reason));
    if (count.get() > limit) {
      out.printf("showing the first %,d of %,d; see --limit%n", limit, count.get());
    } else if (count.get() == 0) {
      out.println("none");
    }
    out.flush();
    return ExitCodes.OK;
  }

  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      header = "Shows one dead letter, with its bytes.",
      footerHeading = "%nExamples:%n",
      footer = "  lifesign dead-letters show lifesign.purchases-3@42 --config lifesign.yaml")
  int show(
      @Mixin SettingsOptions options,
      @Parameters(paramLabel = "ORIGIN", description = "topic-partition@offset, as list shows it")
          String origin) {
    AtomicInteger found = new AtomicInteger();
    box(options)
        .each(
            Selection.of(Origin.parse(origin)),
            (letter, resent) -> {
              found.incrementAndGet();
              print(letter, resent);
            });
    if (found.get() == 0) {
      throw new UserError(
          "There is no dead letter of %s; see lifesign dead-letters list".formatted(origin));
    }
    spec.commandLine().getOut().flush();
    return ExitCodes.OK;
  }

  private void print(DeadLetter letter, boolean resent) {
    PrintWriter out = spec.commandLine().getOut();
    out.printf("origin     %s%n", Origin.of(letter));
    out.printf("arrived    %s%n", when(letter));
    out.printf("reason     %s%n", letter.getReason());
    out.printf("message    %s%n", letter.getMessage());
    out.printf("sent again %s%n", resent ? "yes" : "no");
    letter
        .getHeaders()
        .forEach((name, value) -> out.printf("header     %s: %s%n", name, text(value)));
    out.printf("key        %d bytes%n", letter.getKeyLength());
    dump(out, letter.getKey());
    out.printf("value      %d bytes%n", letter.getValueLength());
    dump(out, letter.getValue());
  }

  private static void dump(PrintWriter out, ByteBuffer buffer) {
    byte[] bytes = bytes(buffer);
    int shown = Math.min(bytes.length, SHOWN_BYTES);
    for (int from = 0; from < shown; from += HEX_LINE) {
      int to = Math.min(shown, from + HEX_LINE);
      StringBuilder text = new StringBuilder();
      for (int i = from; i < to; i++) {
        text.append(bytes[i] >= ' ' && bytes[i] < 127 ? (char) bytes[i] : '.');
      }
      out.printf(
          "  %06x  %-48s %s%n", from, HexFormat.ofDelimiter(" ").formatHex(bytes, from, to), text);
    }
    if (shown < bytes.length) {
      out.printf("  ... %d bytes more%n", bytes.length - shown);
    }
  }

  @Command(
      name = "resend",
      mixinStandardHelpOptions = true,
      header = "Sends dead letters again, to the topics that they came from.",
      description = {
        "Use this after fixing the cause. Each dead letter is sent at most once: it is marked as sent in",
        "the same transaction. A dead letter holds the first 64 KiB of a record; the rest is read from",
        "the original topic, as long as the record is still there. A record that is rejected again",
        "becomes a new dead letter. If a dead letter cannot be sent, the command reports it and",
        "continues with the others. Exits with 3 if any was not sent."
      },
      footerHeading = "%nExamples:%n",
      footer = {
        "  lifesign dead-letters resend --config lifesign.yaml --reason UNDECODABLE --dry-run",
        "  lifesign dead-letters resend --config lifesign.yaml --topic lifesign.support"
      })
  int resend(
      @Mixin SettingsOptions options,
      @Mixin SelectionOptions selection,
      @Option(names = "--only", paramLabel = "ORIGIN", description = "send only this dead letter")
          String only,
      @Option(names = "--dry-run", description = "only show what would be sent") boolean dryRun) {
    Selection chosen = only == null ? selection.selection() : Selection.of(Origin.parse(only));
    PrintWriter out = spec.commandLine().getOut();
    Tally tally = new Tally();
    box(options)
        .resend(
            chosen,
            dryRun,
            result -> {
              tally.count(result);
              print(out, result, dryRun);
            });
    out.printf(
        "%s %,d, %,d already sent before, %,d %s%n",
        dryRun ? "would send" : "sent",
        tally.sent,
        tally.before,
        tally.not,
        dryRun ? "would fail" : "not sent");
    out.flush();
    return tally.not == 0 ? ExitCodes.OK : ExitCodes.FAULTS;
  }

  /** The number of results of each kind. */
  private static final class Tally {
    private int sent;
    private int before;
    private int not;

    void count(DeadLetterBox.Result result) {
      if (result instanceof DeadLetterBox.Sent) {
        sent++;
      } else if (result instanceof DeadLetterBox.SentBefore) {
        before++;
      } else {
        not++;
      }
    }
  }

  private static void print(PrintWriter out, DeadLetterBox.Result result, boolean dryRun) {
    if (result instanceof DeadLetterBox.NotSent failed) {
      out.printf(
          "%-10s  %s: %s%n", dryRun ? "would fail" : "not sent", failed.origin(), failed.why());
    } else if (result instanceof DeadLetterBox.Sent sent) {
      out.printf(
          "%-10s  %s%s%n",
          dryRun ? "would send" : "sent",
          sent.origin(),
          sent.place().map(place -> " as " + place).orElse(""));
    }
  }

  private static String when(DeadLetter letter) {
    return Instant.ofEpochMilli(letter.getTimestamp()).toString();
  }

  private static String text(ByteBuffer value) {
    return new String(bytes(value), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(ByteBuffer buffer) {
    if (buffer == null) {
      return new byte[0];
    }
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }
}
