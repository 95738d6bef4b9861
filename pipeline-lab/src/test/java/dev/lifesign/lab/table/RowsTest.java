package dev.lifesign.lab.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifesign.lab.UserError;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows of tables in all forms, and of what is no table. */
class RowsTest {

  private static final Charset LATIN = Charset.forName("windows-1252");

  @TempDir Path dir;

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "a,b,c~[a, b, c]",
        "a;b;c~[a, b, c]",
        "a\tb\tc~[a, b, c]",
        "a|b|c~[a, b, c]",
        "1,5;2,5;x~[1,5, 2,5, x]",
        "'a,\"b, b\",c'~[a, b, b, c]",
        "'a, \"b\" ,c'~[a, b, c]",
        "'a,\"12\"\" vinyl\",c'~[a, 12\" vinyl, c]",
        "'a,\"5\\\" disc\",c'~[a, 5\" disc, c]",
        "'a,12\" vinyl,c'~[a, 12\" vinyl, c]",
        "'a;\"b;b\";c'~[a, b;b, c]",
        "'a\t\"b\"\tc'~[a, b, c]",
        "'a\t\"b\tc'~[a, \"b, c]",
        "'a,\"\",c'~[a, , c]"
      })
  void theDelimiterAndTheQuotesAreDetected(String line, String expected) throws IOException {
    assertThat(rows(line).get(0).values()).hasToString(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"summer|sale", "a;b", "x\ty", "1|2|3|4"})
  void aSeparatorInsideTheValuesOfATableIsNotItsDelimiter(String tags) throws IOException {
    String row = "1,2024-01-01,11,1.00," + tags + "\n";
    assertThat(rows("customer,date,order,amount,tags\n" + row))
        .allSatisfy(one -> assertThat(one.size()).isEqualTo(5));
    assertThat(rows(row.repeat(3))).allSatisfy(one -> assertThat(one.size()).isEqualTo(5));
  }

  @Test
  void aSeparatorThatTheHeaderLacksIsNotTheDelimiterOfRaggedRows() throws IOException {
    List<Row> rows =
        rows(
            "customer,date,amount,tags\n1,2024-01-01,5,a|b\n2,x,2024-01-01,5,c|d\n3,y,z,2024-01-01,5,e|f\n");
    assertThat(rows.get(0).size()).isEqualTo(4);
    String many = "customer,date,amount\n" + "1,2024-01-01,a|b|c|d|e\n".repeat(9);
    assertThat(rows(many).get(1).size()).isEqualTo(3);
  }

  @Test
  void decimalCommasAndTextBeforeTheHeaderAreNotTakenForDelimiters() throws IOException {
    List<Row> rows =
        rows(
            "Exported today, by me\nwho;when;total\na;2024-01-01;1,5\nb;2024-01-02;2,5\nc;2024-01-03;3,5\n");
    assertThat(rows.get(2).values()).containsExactly("a", "2024-01-01", "1,5");
  }

  @Test
  void aQuotedValueMayHaveLineEnds() throws IOException {
    List<Row> rows = rows("a,b\n1,\"two\nlines, and \"\"more\"\"\"\n2,x\n");
    assertThat(rows.get(1).values()).containsExactly("1", "two\nlines, and \"more\"");
    assertThat(rows.get(2).number()).isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1,\"4",
        "1,\"5\" disc\"",
        "\"1,4",
        "1,\"a\"b",
        "1,\"",
        "1,\"x\"\"",
        "\"a\" \"b\",2"
      })
  void aLineWithWrongQuotesCostsNothingElse(String bad) throws IOException {
    List<Row> rows = rows("a,b\n0,x\n" + bad + "\n2,y\n3,\"z\"\n4,w\n");
    assertThat(rows)
        .extracting(row -> row.number() + ":" + row.fault().isPresent())
        .containsExactly("1:false", "2:false", "3:true", "4:false", "5:false", "6:false");
    assertThat(rows.get(2).text()).isEqualTo(bad);
    assertThat(rows.get(4).values()).containsExactly("3", "z");
  }

  @Test
  void aQuoteThatClosesFarAwayIsNotWaitedFor() throws IOException {
    String far = "x".repeat(1_000) + "\n";
    List<Row> rows = rows("a,b\n1,\"open\n" + far.repeat(100) + "2,close\"\n");
    assertThat(rows.get(1).fault()).isPresent();
    assertThat(rows).hasSize(103);
  }

  @Test
  void blankLinesAndRowsOfDelimitersAreNoRows() throws IOException {
    assertThat(rows("a,b\n\n  \n,,\n1,2\r\n\r3,4"))
        .extracting(Row::number)
        .containsExactly(1L, 5L, 7L);
  }

  @Test
  void aFirstLineMayNameTheDelimiter() throws IOException {
    List<Row> rows = rows("sep=;\na,x;b\n1;2\n");
    assertThat(rows.get(0).values()).containsExactly("a,x", "b");
    assertThat(rows.get(0).number()).isEqualTo(2);
  }

  @Test
  void aQuotationMarkThatIsTheDelimiterEnclosesNothing() throws IOException {
    assertThat(rows("sep=\"\na\"b,x\n").get(0).values()).containsExactly("a", "b,x");
    TableFormat format =
        new TableFormat(Optional.empty(), Optional.of('"'), Optional.empty(), Optional.empty());
    assertThat(rows("a\"b\n".getBytes(StandardCharsets.UTF_8), format).get(0).values())
        .containsExactly("a", "b");
  }

  @ParameterizedTest
  @CsvSource({
    "UTF-8,Mühe کتاب",
    "UTF-16LE,Mühe کتاب",
    "UTF-16BE,Mühe کتاب",
    "windows-1252,Mühe wäre schön – 3 €",
    "ISO-8859-1,Ça va être été",
    "windows-1256,كتاب جديد من المكتبة"
  })
  void theEncodingIsDetected(String encoding, String text) throws IOException {
    String table = "id,text\n" + ("1," + text + "\n").repeat(40);
    byte[] bytes = table.getBytes(Charset.forName(encoding));
    assertThat(rows(bytes, TableFormat.DETECTED).get(7).value(1)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE"})
  void aByteOrderMarkIsNoPartOfTheFirstValue(String encoding) throws IOException {
    byte[] bytes = "\uFEFF\"id\",text\n1,é\n".getBytes(Charset.forName(encoding));
    assertThat(rows(bytes, TableFormat.DETECTED).get(0).value(0)).isEqualTo("id");
  }

  @Test
  void aGivenEncodingIsFollowed() throws IOException {
    Charset greek = Charset.forName("ISO-8859-7");
    TableFormat format =
        new TableFormat(Optional.of(greek), Optional.empty(), Optional.empty(), Optional.empty());
    assertThat(rows("a,Ω".getBytes(greek), format).get(0).value(1)).isEqualTo("Ω");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16LE", "UTF-16BE"})
  void aMarkSaysTheByteOrderOfAGivenUtf16(String encoding) throws IOException {
    TableFormat format =
        new TableFormat(
            Optional.of(StandardCharsets.UTF_16),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    byte[] bytes = "\uFEFFid,text\n1,é\n".getBytes(Charset.forName(encoding));
    assertThat(rows(bytes, format)).extracting(Row::text).containsExactly("id,text", "1,é");
  }

  @Test
  void aFallbackIsReported() throws IOException {
    byte[] latin = "a,é\n".getBytes(StandardCharsets.ISO_8859_1);
    try (Rows rows = Rows.of(new ByteArrayInputStream(latin), TableFormat.DETECTED)) {
      rows.next();
      assertThat(rows.fallback()).contains(LATIN);
    }
  }

  @Test
  void aLineThatIsTooLongIsCutAndTheRestGoesOn() throws IOException {
    List<Row> rows = rows("a,b\n" + "x".repeat(3 * TextLines.LONGEST) + "\n1,2\n");
    assertThat(rows.get(1).fault()).isPresent();
    assertThat(rows.get(1).text()).hasSize(Rows.LONGEST);
    assertThat(rows.get(2).values()).containsExactly("1", "2");
    assertThat(rows.get(2).number()).isEqualTo(3);
  }

  @Test
  void compressedFilesAreRead() throws IOException {
    byte[] table = "a,b\n1,2\n".getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream twice = new ByteArrayOutputStream();
    for (int i = 0; i < 2; i++) {
      try (GZIPOutputStream gzip = new GZIPOutputStream(twice)) {
        gzip.write(table);
      }
    }
    Path gz = Files.write(dir.resolve("orders.csv"), twice.toByteArray());
    assertThat(all(Compressed.open(gz), TableFormat.DETECTED)).hasSize(4);
    assertThat(all(Compressed.open(zip("orders.csv")), TableFormat.DETECTED)).hasSize(1);
  }

  @Test
  void anArchiveOfSeveralFilesAndAWorkbookAreRefusedInASentence() {
    assertThatThrownBy(() -> Compressed.open(zip("a.csv", "b.csv")))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("2 files");
    assertThatThrownBy(() -> Compressed.open(zip("[Content_Types].xml", "xl/a.xml")))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("save it as CSV");
  }

  @Test
  void workbooksAndPagesWithTheNameOfATableAreNamed() throws IOException {
    Path xls =
        Files.write(
            dir.resolve("a.csv"), new byte[] {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0, 0});
    assertThatThrownBy(() -> Compressed.open(xls))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("is a workbook");
    Path page =
        Files.writeString(dir.resolve("b.xls"), "\uFEFF\n<html><table><tr><td>a</td></tr></table>");
    assertThatThrownBy(() -> Compressed.open(page))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("is HTML or XML");
  }

  private Path zip(String... names) throws IOException {
    Path file = dir.resolve("orders.zip");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.putNextEntry(new ZipEntry("__MACOSX/._" + names[0]));
      for (String name : names) {
        zip.putNextEntry(new ZipEntry(name));
        zip.write("1,2\n".getBytes(StandardCharsets.UTF_8));
      }
    }
    return file;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void anyBytesGiveRowsAndFaultsAndNeverAnException(long seed) throws IOException {
    Random random = new Random(seed);
    String letters = "ab1,;\t|\"'\\\n\r \u0000é\uFEFF€۱=";
    for (int round = 0; round < 3_000; round++) {
      byte[] bytes = new byte[random.nextInt(200)];
      random.nextBytes(bytes);
      if (round % 3 > 0) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(120); i > 0; i--) {
          text.append(letters.charAt(random.nextInt(letters.length())));
        }
        bytes =
            text.toString()
                .getBytes(round % 3 == 1 ? StandardCharsets.UTF_8 : StandardCharsets.UTF_16LE);
      }
      long before = 0;
      for (Row row : rows(bytes, TableFormat.DETECTED)) {
        assertThat(row.number()).as("seed %d, round %d", seed, round).isGreaterThan(before);
        before = row.number();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void anyFormGivesRowsAndFaultsAndNeverAnException(long seed) throws IOException {
    Random random = new Random(seed);
    String letters = "ab1,;\t|\"'\\\n\r \u0000é\uFEFF=sep";
    String beginnings = letters.replaceAll("[\n\r]", "");
    for (int round = 0; round < 3_000; round++) {
      StringBuilder text = new StringBuilder();
      if (random.nextBoolean()) {
        text.append("sep=").append(any(beginnings, random)).append('\n');
      }
      for (int i = random.nextInt(120); i > 0; i--) {
        text.append(any(letters, random));
      }
      TableFormat format =
          new TableFormat(
              random.nextInt(3) > 0
                  ? Optional.empty()
                  : Optional.of(random.nextBoolean() ? StandardCharsets.UTF_16 : LATIN),
              random.nextBoolean() ? Optional.empty() : Optional.of(any(beginnings, random)),
              random.nextBoolean() ? Optional.empty() : Optional.of(any(beginnings, random)),
              Optional.empty());
      long before = 0;
      for (Row row : rows(text.toString().getBytes(StandardCharsets.UTF_8), format)) {
        assertThat(row.number()).as("seed %d, round %d", seed, round).isGreaterThan(before);
        before = row.number();
      }
    }
  }

  private static char any(String letters, Random random) {
    return letters.charAt(random.nextInt(letters.length()));
  }

  private static List<Row> rows(String text) throws IOException {
    return rows(text.getBytes(StandardCharsets.UTF_8), TableFormat.DETECTED);
  }

  private static List<Row> rows(byte[] bytes, TableFormat format) throws IOException {
    return all(new ByteArrayInputStream(bytes), format);
  }

  private static List<Row> all(InputStream in, TableFormat format) throws IOException {
    List<Row> all = new ArrayList<>();
    try (Rows rows = Rows.of(in, format)) {
      for (Optional<Row> row = rows.next(); row.isPresent(); row = rows.next()) {
        all.add(row.get());
      }
    }
    return all;
  }
}
