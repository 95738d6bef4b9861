package dev.lifesign.lab.table;

import java.nio.charset.Charset;
import java.util.Optional;

/**
 * What is known about the form of a table; what is not is detected.
 *
 * @param encoding the encoding; empty to detect it
 * @param delimiter the character between columns, {@link #SPACES} for any run of white space; empty
 *     to detect it
 * @param quote the character around values; {@link #NO_QUOTE} for none; empty for the usual one
 * @param header whether a row names the columns; empty if that depends on how they are mapped
 */
public record TableFormat(
    Optional<Charset> encoding,
    Optional<Character> delimiter,
    Optional<Character> quote,
    Optional<Boolean> header) {

  /** Any run of white space. */
  public static final char SPACES = ' ';

  /** Quotation marks are letters. */
  public static final char NO_QUOTE = 0;

  /** Everything is detected. */
  public static final TableFormat DETECTED =
      new TableFormat(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
}
