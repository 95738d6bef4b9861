package dev.lifesign.lab.table;

import dev.lifesign.lab.UserError;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/** Files that may be compressed with gzip, or be a zip archive with one file. */
public final class Compressed {

  private static final int BUFFER = 1 << 16;

  private Compressed() {}

  /**
   * Opens a file, and decompresses it if it is compressed, whatever its name. The stream supports
   * marks.
   *
   * @throws UserError if it is an archive with more than one file, a workbook or encrypted
   * @throws IOException if it cannot be read
   */
  public static InputStream open(Path file) throws IOException {
    InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER);
    try {
      in.mark(4);
      byte[] magic = in.readNBytes(4);
      in.reset();
      if (magic.length >= 2 && (magic[0] & 0xFF) == 0x1F && (magic[1] & 0xFF) == 0x8B) {
        return new BufferedInputStream(
            GzipCompressorInputStream.builder()
                .setInputStream(in)
                .setDecompressConcatenated(true)
                .get(),
            BUFFER);
      }
      if (magic.length == 4 && magic[0] == 'P' && magic[1] == 'K' && magic[2] == 3) {
        in.close();
        return onlyEntry(file);
      }
      return in;
    } catch (IOException | UserError e) {
      in.close();
      throw e;
    }
  }

  private static InputStream onlyEntry(Path file) throws IOException {
    ZipFile zip = ZipFile.builder().setPath(file).get();
    try {
      List<ZipArchiveEntry> entries =
          Collections.list(zip.getEntries()).stream()
              .filter(entry -> !entry.isDirectory() && !entry.getName().startsWith("__MACOSX/"))
              .toList();
      if (entries.stream().anyMatch(entry -> entry.getName().equals("[Content_Types].xml"))) {
        throw new UserError(
            file + " is a workbook of a spreadsheet, not a table of text; save it as CSV (UTF-8)");
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
