package dev.lifesign.lab.file;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** Several files of events, one after the other. The number of a line has its file's in front. */
public final class SeveralFiles implements EventFile {

  private static final int LINE_BITS = 40;
  private static final long LINE = (1L << LINE_BITS) - 1;

  private final List<EventFile> files;
  private Tally again = new Tally();

  /** These files, in this order. */
  public SeveralFiles(List<EventFile> files) {
    this.files = List.copyOf(files);
  }

  @Override
  public void read(Consumer<Line> lines) {
    Overlap overlap = begin();
    for (int i = 0; i < files.size(); i++) {
      long file = i;
      files
          .get(i)
          .read(
              line -> {
                Line placed = line.numbered(place(file, line.number()));
                Overlap.Order.of(placed).ifPresent(order -> compare(order, overlap));
                lines.accept(placed);
              });
      overlap.nextFile();
    }
  }

  @Override
  public <T> void readMany(Function<List<Line>, T> make, Consumer<T> take) {
    Overlap overlap = begin();
    for (int i = 0; i < files.size(); i++) {
      long file = i;
      files
          .get(i)
          .readMany(
              batch -> made(batch, file, make),
              made -> {
                made.orders().forEach(order -> compare(order, overlap));
                take.accept(made.result());
              });
      overlap.nextFile();
    }
  }

  /** What was made of a batch, and its orders. */
  private record Made<T>(T result, List<Overlap.Order> orders) {}

  private static <T> Made<T> made(List<Line> batch, long file, Function<List<Line>, T> make) {
    List<Line> placed =
        batch.stream().map(line -> line.numbered(place(file, line.number()))).toList();
    return new Made<>(
        make.apply(placed),
        placed.stream().map(Overlap.Order::of).flatMap(Optional::stream).toList());
  }

  private Overlap begin() {
    again = new Tally();
    return new Overlap(files.size());
  }

  private void compare(Overlap.Order order, Overlap overlap) {
    if (overlap.isAgain(order)) {
      again.add(order.line());
    }
  }

  private static long place(long file, long line) {
    return file << LINE_BITS | line;
  }

  @Override
  public long size() {
    return files.stream().mapToLong(EventFile::size).sum();
  }

  @Override
  public String name() {
    return files.get(0).name() + " and " + (files.size() - 1) + " more";
  }

  @Override
  public String nameOf(long line) {
    return files.get((int) (line >>> LINE_BITS)).name();
  }

  @Override
  public long numberOf(long line) {
    return line & LINE;
  }

  @Override
  public ReadNotes notes() {
    ReadNotes all = new ReadNotes();
    for (int i = 0; i < files.size(); i++) {
      long file = i;
      all.addAll(files.get(i).notes(), line -> place(file, line));
    }
    all.inDoubt(
        "also in an earlier file, counted each time",
        "If the files overlap, keep each order in one of them",
        again);
    return all;
  }
}
