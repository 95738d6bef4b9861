package dev.lifesign.lab.table;

import dev.lifesign.lab.UserError;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/** Files that may be compressed with gzip, or be a zip archive with one file. */
public final class Compressed {

  private static final int BUFFER = 1 << 16;

  private static final int BEGINNING = 64;

  /** How a workbook of Excel 97 begins. */
  private static final byte[] XLS = {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0};

  private static final Pattern PAGE =
      Pattern.compile("\\s*<(?:!doctype|html|head|table|meta|\\?xml)\\b", Pattern.CASE_INSENSITIVE);

  private Compressed() {}

  /**
   * Opens a file, and decompresses it if it is compressed, whatever its name. The stream supports
   * marks.
   *
   * @throws UserError if it is an archive with more than one file, a workbook, a page of HTML or
   *     encrypted
   * @throws IOException if it cannot be read
   */
  public static InputStream open(Path file) throws IOException {
    InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER);
    try {
      in.mark(BEGINNING);
      byte[] magic = in.readNBytes(BEGINNING);
      in.reset();
      requireText(file, magic);
      if (magic.length >= 2 && (magic[0] & 0xFF) == 0x1F && (magic[1] & 0xFF) == 0x8B) {
        return new BufferedInputStream(
            GzipCompressorInputStream.builder()
                .setInputStream(in)
                .setDecompressConcatenated(true)
                .get(),
            BUFFER);
      }
      if (magic.length >= 4 && magic[0] == 'P' && magic[1] == 'K' && magic[2] == 3) {
        in.close();
        return onlyEntry(file);
      }
      return in;
    } catch (IOException | UserError e) {
      in.close();
      throw e;
    }
  }

  /** Shops name workbooks and pages like tables, and spreadsheets open them all. */
  private static void requireText(Path file, byte[] beginning) {
    if (Arrays.equals(Arrays.copyOf(beginning, XLS.length), XLS)) {
      throw workbook(file);
    }
    String text = new String(beginning, StandardCharsets.UTF_8).replace("\uFEFF", "");
    if (PAGE.matcher(text).lookingAt()) {
      throw new UserError(
          file
              + " is HTML or XML, not a table of text; open it in a spreadsheet, and save it as CSV (UTF-8)");
    }
  }

  /**
   * The error of a table that cannot be read.
   *
   * @param name the name of the file
   * @param check what the user should check
   */
  public static UserError unreadable(String name, IOException e, String check) {
    return new UserError(
        "Expected a table in %s, but it cannot be read: %s; check %s"
            .formatted(
                name, e.getMessage() == null ? "the file is damaged" : e.getMessage(), check),
        e);
  }

  private static UserError workbook(Path file) {
    return new UserError(
        file + " is a workbook of a spreadsheet, not a table of text; save it as CSV (UTF-8)");
  }

  private static InputStream onlyEntry(Path file) throws IOException {
    ZipFile zip = ZipFile.builder().setPath(file).get();
    try {
      List<ZipArchiveEntry> entries =
          Collections.list(zip.getEntries()).stream()
              .filter(entry -> !entry.isDirectory() && !entry.getName().startsWith("__MACOSX/"))
              .toList();
      if (entries.stream().anyMatch(entry -> entry.getName().equals("[Content_Types].xml"))) {
        throw workbook(file);
      }
      if (entries.size() != 1) {
        throw new UserError(
            "%s has %d files, and only one can be read; unpack it, and name each file with --events"
                .formatted(file, entries.size()));
      }
      ZipArchiveEntry entry = entries.get(0);
      if (entry.getGeneralPurposeBit().usesEncryption()) {
        throw new UserError(file + " is encrypted; unpack it first");
      }
      return new BufferedInputStream(
          new FilterInputStream(zip.getInputStream(entry)) {
            @Override
            public void close() throws IOException {
              super.close();
              zip.close();
            }
          },
          BUFFER);
    } catch (IOException | UserError e) {
      zip.close();
      throw e;
    }
  }
}
