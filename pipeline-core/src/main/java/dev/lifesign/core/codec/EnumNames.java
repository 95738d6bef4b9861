package dev.lifesign.core.codec;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.apache.avro.io.Encoder;
import org.apache.avro.util.Utf8;

/**
 * Writes the names of an enum's constants as strings. Each name is encoded only once.
 *
 * @param names by the constants' ordinals
 */
record EnumNames<T extends Enum<T>>(List<Utf8> names) {

  static <T extends Enum<T>> EnumNames<T> of(Class<T> type, Function<T, String> name) {
    return new EnumNames<>(
        Arrays.stream(type.getEnumConstants()).map(name).map(Utf8::new).toList());
  }

  void write(Encoder out, T constant) throws IOException {
    out.writeString(names.get(constant.ordinal()));
  }
}
