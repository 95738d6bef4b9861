package dev.lifesign.domain.cel;

import com.google.common.collect.ImmutableMap;
import dev.cel.common.types.CelType;
import dev.cel.common.types.StructType;
import dev.cel.common.values.StructValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** A struct whose fields are read only when an expression asks for them. */
@SuppressWarnings("Immutable") // It lives for one evaluation, on one thread.
final class StructOf extends StructValue<String, StructOf> {

  private final StructType type;
  private final Function<String, Optional<Object>> fields;

  StructOf(StructType type, Function<String, Optional<Object>> fields) {
    this.type = type;
    this.fields = fields;
  }

  /** A type of struct. The prefix keeps its name apart from those of variables. */
  static StructType type(String name, ImmutableMap<String, CelType> fields) {
    return StructType.create(
        "lifesign." + name, fields.keySet(), field -> Optional.ofNullable(fields.get(field)));
  }

  /** Reads the fields in a map. An empty text is absent, and maps in a list are subscriptions. */
  static StructOf map(StructType type, Map<String, Object> map) {
    return new StructOf(type, field -> present(map.get(field)));
  }

  @Override
  public Optional<Object> find(String field) {
    return fields.apply(field);
  }

  @Override
  public Object select(String field) {
    return find(field).orElseThrow(() -> new AbsentFieldException(field));
  }

  @Override
  public StructOf value() {
    return this;
  }

  @Override
  public boolean isZeroValue() {
    return false;
  }

  @Override
  public CelType celType() {
    return type;
  }

  private static Optional<Object> present(Object value) {
    if (value instanceof String text && text.isEmpty()) {
      return Optional.empty();
    }
    if (value instanceof List<?> list && !list.isEmpty() && list.get(0) instanceof Map) {
      return Optional.of(list.stream().map(StructOf::subscription).toList());
    }
    return Optional.ofNullable(value);
  }

  @SuppressWarnings("unchecked")
  private static StructOf subscription(Object map) {
    return map(Structs.SUBSCRIPTION, (Map<String, Object>) map);
  }
}
