package dev.lifesign.lab.mapping;

import dev.lifesign.domain.document.Documents;
import dev.lifesign.domain.document.Fault;
import dev.lifesign.domain.document.Section;
import dev.lifesign.domain.event.Family;
import dev.lifesign.lab.value.CurrencyWords;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads a mapping from YAML. Reports all faults, each with its path. */
public final class MappingReader {

  private final List<Fault> faults = new ArrayList<>();
  private final Section root;
  private final FormatReader formats;

  /** Whether a purchase without an amount is a fault, rather than one of 0. */
  private final boolean needsAmounts;

  private MappingReader(String text, ZoneId zone, boolean needsAmounts) {
    this.needsAmounts = needsAmounts;
    this.root = Documents.readWords(text, faults);
    this.formats = new FormatReader(root, zone);
  }

  /**
   * Reads a mapping.
   *
   * @param text YAML, and so JSON
   * @param zone the zone of times without one, where the mapping gives none: that of the policy
   */
  public static MappingReading read(String text, ZoneId zone) {
    return read(text, zone, true);
  }

  /**
   * Reads a mapping.
   *
   * @param text YAML, and so JSON
   * @param zone the zone of times without one, where the mapping gives none: that of the policy
   * @param needsAmounts false if purchases count without an amount: those of a mapping without one
   *     have the amount 0
   */
  public static MappingReading read(String text, ZoneId zone, boolean needsAmounts) {
    MappingReader reader = new MappingReader(text, zone, needsAmounts);
    if (!reader.faults.isEmpty()) {
      // Of a text that is not YAML, nothing more can be said.
      return new MappingReading(Optional.empty(), reader.faults);
    }
    Mapping mapping = reader.mapping();
    return new MappingReading(
        reader.faults.isEmpty() ? Optional.of(mapping) : Optional.empty(), reader.faults);
  }

  private Mapping mapping() {
    root.integer("version", 1, 1);
    root.text("name", "");
    Family family = root.choice("family", Family.PURCHASE, List.of(Family.values()), Family::label);
    Map<Field, Source> sources = sources(family);
    Optional<Enum<?>> action = action(family, root, "action");
    if (family == Family.PURCHASE) {
      refuseActions();
    }
    Statuses statuses = statuses(family, action);
    requireFields(family, sources, action.isPresent());
    Mapping mapping =
        new Mapping(
            family,
            sources,
            statuses,
            root.choice(
                "refunds", Mapping.Refunds.NEGATIVE, List.of(Mapping.Refunds.values()), this::name),
            formats.amounts(),
            formats.dates(),
            formats.table(sources),
            filters(),
            new HashSet<>(list(root, "placeholders")),
            extraEvents(family));
    root.close();
    return mapping;
  }

  private String name(Mapping.Refunds refunds) {
    return refunds == Mapping.Refunds.C ? "C" : refunds.name().toLowerCase(Locale.ROOT);
  }

  private Map<Field, Source> sources(Family family) {
    Map<Field, Source> sources = new EnumMap<>(Field.class);
    List<String> optional = optional();
    for (Field field : Field.values()) {
      boolean there = root.has(field.key());
      if (there && !field.belongsTo(family)) {
        root.fault(
            field.key(), "does not belong to the family " + family.label() + "; leave it out");
      } else if (there) {
        boolean orAbsent = optional.contains(field.key());
        source(root, field.key())
            .ifPresent(source -> sources.put(field, orAbsent ? source.orAbsent() : source));
      }
    }
    return sources;
  }

  /** The fields whose columns a table may lack. */
  private List<String> optional() {
    List<String> fields = list(root, "optional");
    for (String field : fields) {
      if (Field.of(field).isEmpty() && !field.equals("events")) {
        root.fault("optional", "expected keys of fields, or events, but one is " + field);
      }
    }
    return fields;
  }

  /** Columns, or {@code {value: ...}}; a currency may be a code. */
  private Optional<Source> source(Section section, String key) {
    if (section.isPlain(key)) {
      String text = section.text(key, "").strip();
      if (text.isEmpty()) {
        return Optional.empty();
      }
      String code = text.toUpperCase(Locale.ROOT);
      boolean isCode = key.equals(Field.CURRENCY.key()) && CurrencyWords.isCode(code);
      return Optional.of(isCode ? Source.always(code) : Source.of(List.of(text)));
    }
    if (section.isList(key)) {
      List<String> columns =
          section.textList(key).stream().map(String::strip).filter(c -> !c.isEmpty()).toList();
      return columns.isEmpty() ? Optional.empty() : Optional.of(Source.of(columns));
    }
    Section constant = section.section(key);
    String value = constant.requiredText("value");
    constant.close();
    return Optional.of(Source.always(value));
  }

  /** The texts of a list, or a single one. */
  static List<String> list(Section section, String key) {
    if (!section.has(key)) {
      return List.of();
    }
    return section.isPlain(key) ? List.of(section.text(key, "")) : section.textList(key);
  }

  private void requireFields(Family family, Map<Field, Source> sources, boolean action) {
    require(sources, Field.CUSTOMER);
    require(sources, Field.TIME);
    switch (family) {
      case PURCHASE -> {
        boolean product = sources.containsKey(Field.QUANTITY) && sources.containsKey(Field.PRICE);
        if (!needsAmounts
            && !sources.containsKey(Field.AMOUNT)
            && !sources.containsKey(Field.PRICE)) {
          sources.put(Field.AMOUNT, Source.always("0"));
        } else if (!sources.containsKey(Field.AMOUNT) && !product) {
          root.fault("amount", "is missing; name its column, or those of quantity and price");
        }
      }
      case SUBSCRIPTION -> require(sources, Field.SUBSCRIPTION);
      case FEEDBACK -> {
        require(sources, Field.SCORE);
        require(sources, Field.SCALE_MAX);
      }
      default -> {
        // The others need no more.
      }
    }
    if (family != Family.PURCHASE && !action && !sources.containsKey(Field.STATUS)) {
      root.fault(
          "status",
          "is missing; name the column that says what happened, or give one action for all rows");
    }
  }

  /** What a row of purchases is, its status says. */
  private void refuseActions() {
    for (String key : List.of("action", "events")) {
      if (root.has(key)) {
        root.fault(
            key,
            "does not belong to the family purchase; map status instead, or write status: { value: refund } if all rows are refunds");
      }
    }
  }

  private void require(Map<Field, Source> sources, Field field) {
    if (!sources.containsKey(field)) {
      root.fault(field.key(), "is missing; name its column");
    }
  }

  private static Optional<Enum<?>> action(Family family, Section section, String key) {
    if (!section.has(key)) {
      return Optional.empty();
    }
    String name = section.text(key, "").strip();
    Optional<Enum<?>> action =
        Arrays.<Enum<?>>stream(family.actions())
            .filter(one -> one.name().equalsIgnoreCase(name))
            .findFirst();
    if (action.isEmpty()) {
      section.fault(
          key,
          "expected one of %s, but it is %s".formatted(Arrays.toString(family.actions()), name));
    }
    return action;
  }

  private Statuses statuses(Family family, Optional<Enum<?>> action) {
    List<String> outcomes =
        family == Family.PURCHASE
            ? Statuses.OF_PURCHASES
            : Arrays.stream(family.actions()).map(Enum::name).toList();
    Map<String, List<String>> texts = new LinkedHashMap<>();
    // Rows without a status column, or with an empty status, have this action.
    action.ifPresent(one -> texts.put(one.name(), List.of("")));
    if (!root.has("statuses")) {
      if (family == Family.PURCHASE) {
        return Statuses.usual();
      }
      outcomes.forEach(name -> texts.merge(name, List.of(name), MappingReader::both));
      return Statuses.of(texts);
    }
    Section section = root.section("statuses");
    Map<String, String> seen = new LinkedHashMap<>();
    for (String outcome : section.keys()) {
      String known =
          outcome.equals(Statuses.NOTHING) || outcomes.contains(outcome)
              ? outcome
              : outcome.toUpperCase(Locale.ROOT);
      if (!outcomes.contains(known) && !known.equals(Statuses.NOTHING)) {
        section.fault(
            outcome,
            "expected one of %s%s, but it is %s"
                .formatted(
                    String.join(", ", outcomes),
                    outcomes.contains(Statuses.NOTHING) ? "" : ", " + Statuses.NOTHING,
                    outcome));
      }
      List<String> given = list(section, outcome);
      for (String text : given) {
        String before = seen.put(Statuses.folded(text), outcome);
        if (before != null && !before.equals(outcome)) {
          section.fault(outcome, text + " is also one of " + before + "; keep one");
        }
      }
      texts.merge(known, given, MappingReader::both);
    }
    section.close();
    return Statuses.of(texts);
  }

  private static List<String> both(List<String> first, List<String> second) {
    List<String> both = new ArrayList<>(first);
    both.addAll(second);
    return both;
  }

  private List<Filter> filters() {
    List<Filter> filters = new ArrayList<>();
    Section section = root.section("filter");
    for (String kind : List.of("keep", "drop")) {
      Section columns = section.section(kind);
      for (String column : columns.keys()) {
        filters.add(new Filter(column, list(columns, column), kind.equals("keep")));
      }
    }
    section.close();
    return filters;
  }

  private List<ExtraEvent> extraEvents(Family family) {
    List<ExtraEvent> events = new ArrayList<>();
    for (Section section : root.sections("events")) {
      Optional<Enum<?>> action = action(family, section, "action");
      Optional<Source> time = section.has("time") ? source(section, "time") : Optional.empty();
      if (!section.has("action")) {
        section.fault("action", "is missing; name what happened");
      }
      if (time.isEmpty()) {
        section.fault("time", "is missing; name the column of its time");
      }
      List<String> statuses = list(section, "status");
      section.close();
      if (action.isPresent() && time.isPresent()) {
        boolean orAbsent = list(root, "optional").contains("events");
        events.add(
            new ExtraEvent(action.get(), orAbsent ? time.get().orAbsent() : time.get(), statuses));
      }
    }
    return events;
  }
}
