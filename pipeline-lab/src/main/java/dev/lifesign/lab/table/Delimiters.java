package dev.lifesign.lab.table;

import java.util.ArrayList;
import java.util.List;

/** Finds the character that separates the values of a table. */
final class Delimiters {

  /** Preferred in this order where as many lines agree on one as on another. */
  private static final String CANDIDATES = "\t;|,";

  private static final int COMMA = CANDIDATES.indexOf(',');

  /** A table of events has at least three columns: customer, time and amount. */
  private static final int FEWEST = 2;

  private final List<Counts> lines = new ArrayList<>();

  private Delimiters(List<String> sample) {
    sample.stream().filter(line -> !line.isBlank()).map(Counts::of).forEach(lines::add);
  }

  /**
   * The candidate that some line, taken as the header, has as often as most of the lines after it;
   * a comma if there is none.
   */
  static char mostRegular(List<String> sample) {
    return new Delimiters(sample).mostRegular();
  }

  private char mostRegular() {
    char best = ',';
    long bestScore = 0;
    for (int candidate = 0; candidate < CANDIDATES.length(); candidate++) {
      for (int header = 0; header < lines.size(); header++) {
        long score = score(header, candidate);
        if (score > bestScore) {
          bestScore = score;
          best = CANDIDATES.charAt(candidate);
        }
      }
    }
    return best;
  }

  /** How many lines agree with a header, and then how many columns it has; 0 if it is none. */
  private long score(int header, int candidate) {
    // Commas between digits are decimal only if the header has something else between its values.
    boolean decimals = candidate == COMMA && lines.get(header).hasOthers(COMMA);
    int count = lines.get(header).of(candidate, decimals);
    if (count == 0 || isInTheValues(header, candidate, count)) {
      return 0;
    }
    long agreeing =
        lines.subList(header, lines.size()).stream()
            .filter(line -> line.of(candidate, decimals) == count)
            .count();
    return 1_000 * agreeing + count;
  }

  /** Whether an earlier line lacks a candidate, and is the header of a table with another one. */
  private boolean isInTheValues(int header, int candidate, int count) {
    for (int earlier = 0; earlier < header; earlier++) {
      if (lines.get(earlier).of(candidate, false) > 0) {
        continue;
      }
      for (int other = 0; other < CANDIDATES.length(); other++) {
        int columns = lines.get(earlier).of(other, false);
        if (columns >= Math.max(FEWEST, count) && haveAtLeast(columns, other, earlier)) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean haveAtLeast(int count, int candidate, int from) {
    List<Counts> rest = lines.subList(from, lines.size());
    return 2 * rest.stream().filter(line -> line.of(candidate, false) >= count).count()
        > rest.size();
  }

  /** How often a line has each candidate outside quotes. */
  private static final class Counts {

    /** In the order of the candidates. */
    private final int[] all;

    /** The commas between digits that stand alone between two other candidates. */
    private final int decimalCommas;

    private Counts(int[] all, int decimalCommas) {
      this.all = all;
      this.decimalCommas = decimalCommas;
    }

    static Counts of(String line) {
      int[] all = new int[CANDIDATES.length()];
      int decimals = 0;
      int commas = 0;
      boolean decimal = false;
      boolean quoted = false;
      for (int i = 0; i < line.length(); i++) {
        char c = line.charAt(i);
        quoted ^= c == '"';
        int candidate = quoted ? -1 : CANDIDATES.indexOf(c);
        if (candidate < 0) {
          continue;
        }
        all[candidate]++;
        if (candidate == COMMA) {
          commas++;
          decimal = isDigit(line, i - 1) && isDigit(line, i + 1);
        } else {
          decimals += commas == 1 && decimal ? 1 : 0;
          commas = 0;
        }
      }
      return new Counts(all, decimals + (commas == 1 && decimal ? 1 : 0));
    }

    private static boolean isDigit(String line, int at) {
      return at >= 0 && at < line.length() && Character.isDigit(line.charAt(at));
    }

    int of(int candidate, boolean withoutDecimals) {
      return all[candidate] - (withoutDecimals ? decimalCommas : 0);
    }

    boolean hasOthers(int candidate) {
      for (int other = 0; other < all.length; other++) {
        if (other != candidate && all[other] > 0) {
          return true;
        }
      }
      return false;
    }
  }
}
