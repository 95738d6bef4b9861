package dev.lifesign.lab.replay;

import java.util.Arrays;

/**
 * Customers by the instant at which they are due: a binary heap of numbers, without an object for
 * each entry. An entry is not changed or removed when its customer's instant changes, so whoever
 * takes one has to look whether it still holds.
 */
final class DueQueue {

  private long[] instants = new long[1024];
  private int[] customers = new int[1024];
  private int size;

  /** Adds an entry. */
  void add(long due, int customer) {
    if (size == instants.length) {
      instants = Arrays.copyOf(instants, 2 * size);
      customers = Arrays.copyOf(customers, 2 * size);
    }
    int place = size++;
    while (place > 0 && instants[(place - 1) / 2] > due) {
      move((place - 1) / 2, place);
      place = (place - 1) / 2;
    }
    instants[place] = due;
    customers[place] = customer;
  }

  /** Whether the first entry is due before an instant. */
  boolean hasBefore(long bound) {
    return size > 0 && instants[0] < bound;
  }

  /** The instant of the first entry; there must be one. */
  long firstInstant() {
    return instants[0];
  }

  /** Removes the first entry, and returns its customer; there must be one. */
  int removeFirst() {
    int first = customers[0];
    size--;
    long due = instants[size];
    int customer = customers[size];
    int place = 0;
    for (int child = 1; child < size; child = 2 * place + 1) {
      if (child + 1 < size && instants[child + 1] < instants[child]) {
        child++;
      }
      if (instants[child] >= due) {
        break;
      }
      move(child, place);
      place = child;
    }
    instants[place] = due;
    customers[place] = customer;
    return first;
  }

  /** Removes the entries that are due before an instant. */
  void removeBefore(long bound) {
    while (hasBefore(bound)) {
      removeFirst();
    }
  }

  private void move(int from, int to) {
    instants[to] = instants[from];
    customers[to] = customers[from];
  }
}
