package dev.lifesign.app.cli;

import dev.lifesign.domain.policy.Policy;
import dev.lifesign.lab.UserError;
import dev.lifesign.lab.file.EventFile;
import dev.lifesign.lab.file.JsonLinesFile;
import dev.lifesign.lab.file.MappedEventFile;
import dev.lifesign.lab.file.SeveralFiles;
import dev.lifesign.lab.mapping.Mapping;
import dev.lifesign.lab.mapping.MappingFile;
import dev.lifesign.lab.mapping.ShortForm;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The files of events that a command reads. */
final class EventFiles implements AutoCloseable {

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

  private final InputFiles inputs = new InputFiles("--events");
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
    Path path = inputs.path(given);
    String name = InputFiles.name(given);
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

  /**
   * Distinguishes files of one name in several folders, by their place relative to the working
   * folder. However a path is written, it is the same file.
   */
  private String place(String given) {
    Path place = normalized(given);
    boolean alone =
        events.stream()
            .map(EventFiles::normalized)
            .noneMatch(
                other ->
                    !other.equals(place)
                        && Objects.equals(other.getFileName(), place.getFileName()));
    return alone ? "" : "-" + Integer.toHexString(fromHere(place).hashCode());
  }

  private static Path normalized(String given) {
    return Path.of(given).toAbsolutePath().normalize();
  }

  private static String fromHere(Path place) {
    Path here = normalized("");
    boolean sameRoot = Objects.equals(here.getRoot(), place.getRoot());
    return (sameRoot ? here.relativize(place) : place).toString();
  }

  @Override
  public void close() {
    inputs.close();
  }
}
