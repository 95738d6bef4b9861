package dev.lifesign.app.cli;

import dev.lifesign.domain.policy.Policy;
import dev.lifesign.lab.UserError;
import dev.lifesign.lab.file.EventFile;
import dev.lifesign.lab.file.JsonLinesFile;
import dev.lifesign.lab.file.MappedEventFile;
import dev.lifesign.lab.file.SeveralFiles;
import dev.lifesign.lab.file.Spool;
import dev.lifesign.lab.mapping.Mapping;
import dev.lifesign.lab.mapping.MappingFile;
import dev.lifesign.lab.mapping.ShortForm;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The files of events that a command reads, and up to when. */
final class EventFiles implements AutoCloseable {

  static final String STDIN = "-";

  private static final Pattern TABLE =
      Pattern.compile(".*\\.(csv|tsv|tab)(\\.gz|\\.zip)?", Pattern.CASE_INSENSITIVE);

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--events",
      paramLabel = "FILE",
      description =
          "the events: JSON lines, or a table with --mapping or --csv; plain, .gz or .zip; - for standard input. Can be repeated: the files are merged by time")
  private List<String> events = new ArrayList<>();

  @Option(
      names = "--mapping",
      paramLabel = "MAPPING",
      description =
          "what the columns of a table mean: a file, or a preset such as shopify (see lifesign mapping)")
  private String mapping;

  @Option(
      names = "--csv",
      paramLabel = "KEYS",
      description =
          "the same in short, such as customer=Email,time=Date,amount=Total; see lifesign replay --help")
  private String csv;

  @Option(
      names = "--until",
      paramLabel = "TIME",
      description =
          "what arrives later is left out: an instant such as 2024-07-01T00:00:00Z, or a date, which begins at its midnight in the policy's time zone (default: the last event, or the end of its day)")
  private String until;

  private final List<Spool> spools = new ArrayList<>();
  private boolean needsAmounts = true;

  /** Whether files are given. */
  boolean given() {
    return !events.isEmpty();
  }

  /** Lets purchases count though the mapping says nothing about their amounts; for a fit. */
  void acceptWithoutAmounts() {
    needsAmounts = false;
  }

  /** Ends the command if no files are given. */
  void require() {
    if (!given()) {
      throw new ParameterException(spec.commandLine(), "Missing required option: '--events=FILE'");
    }
  }

  /**
   * The end of what counts, milliseconds since 1970; empty if it is not given.
   *
   * @param zone of a date
   * @throws UserError if it is neither an instant nor a date
   */
  OptionalLong until(ZoneId zone) {
    if (until == null) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(
          until.indexOf('T') > 0
              ? Instant.parse(until).toEpochMilli()
              : LocalDate.parse(until).atStartOfDay(zone).toInstant().toEpochMilli());
    } catch (DateTimeException | ArithmeticException e) {
      throw new UserError(
          "--until is %s; set it to an instant such as 2024-07-01T00:00:00Z or a date such as 2024-07-01"
              .formatted(until),
          e);
    }
  }

  /**
   * The files as one.
   *
   * @param policy gives the currency and the zone of rows without one
   * @throws UserError if one cannot be read, or has no mapping
   */
  EventFile open(Policy policy) {
    if (csv != null && mapping != null) {
      throw new UserError("--csv and --mapping are both given; keep one, --csv is its short form");
    }
    Optional<Mapping> columns = mapping(policy.calendar().zone());
    List<EventFile> files = new ArrayList<>();
    for (String name : events) {
      files.add(file(name, columns, policy.currency().base()));
    }
    return files.size() == 1 ? files.get(0) : new SeveralFiles(files);
  }

  private Optional<Mapping> mapping(ZoneId zone) {
    if (mapping != null) {
      return Optional.of(MappingFile.read(mapping, zone, needsAmounts));
    }
    return Optional.ofNullable(csv).map(text -> ShortForm.read(text, zone, needsAmounts));
  }

  private EventFile file(String given, Optional<Mapping> columns, String baseCurrency) {
    Path path = path(given);
    String name = given.equals(STDIN) ? "standard input" : given;
    if (columns.isPresent()) {
      String prefix = events.size() == 1 ? "" : prefix(given) + place(given) + ":";
      return new MappedEventFile(path, name, columns.get(), baseCurrency, prefix);
    }
    if (TABLE.matcher(given).matches()) {
      throw new UserError(
          "%s is a table; say what its columns mean with --mapping. lifesign mapping guess %s writes a mapping to start with"
              .formatted(given, given));
    }
    return new JsonLinesFile(path, name);
  }

  /** What begins the ids of a file's events, so that they are the same whenever it is read. */
  private static String prefix(String given) {
    String name = String.valueOf(Path.of(given).getFileName());
    return name.length() <= 40
        ? name
        : name.substring(0, 31) + "-" + Integer.toHexString(name.hashCode());
  }

  /** Tells files of one name in several folders apart; the same file twice is the same. */
  private String place(String given) {
    Path place = Path.of(given).toAbsolutePath().normalize();
    boolean alone =
        events.stream()
            .map(other -> Path.of(other).toAbsolutePath().normalize())
            .noneMatch(
                other ->
                    !other.equals(place)
                        && Objects.equals(other.getFileName(), place.getFileName()));
    return alone ? "" : "-" + Integer.toHexString(given.hashCode());
  }

  private Path path(String given) {
    Path path = Path.of(given);
    if (given.equals(STDIN)) {
      return spool(System.in, "standard input");
    }
    if (!Files.exists(path) || Files.isDirectory(path) || !Files.isReadable(path)) {
      throw new UserError(
          "Expected events in %s, but the file cannot be read; check --events".formatted(given));
    }
    if (Files.isRegularFile(path)) {
      return path;
    }
    try (InputStream pipe = Files.newInputStream(path)) {
      return spool(pipe, given);
    } catch (IOException e) {
      throw new UserError(
          "Expected events in %s, but it cannot be read; check --events".formatted(given), e);
    }
  }

  private Path spool(InputStream in, String name) {
    Spool spool = Spool.of(in, name);
    spools.add(spool);
    return spool.file();
  }

  @Override
  public void close() {
    spools.forEach(Spool::close);
    spools.clear();
  }
}
