package dev.lifesign.bench.jmh;

import dev.lifesign.bench.entrant.BenchPolicy;
import dev.lifesign.bench.job.Job;
import dev.lifesign.bench.job.JobEvents;
import dev.lifesign.core.codec.CustomerCodec;
import dev.lifesign.core.codec.StoredCustomer;
import dev.lifesign.domain.customer.Customer;
import dev.lifesign.domain.policy.Policies;
import dev.lifesign.domain.time.Instants;
import dev.lifesign.domain.timeline.Timeline;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What an event costs under each risk method, over customers who differ. The methods take turns and
 * processor time is measured, so that a busy machine falls on all of them.
 */
public final class RiskMethods {

  private static final int CUSTOMERS = 1_000;
  private static final int ROUNDS = 21;
  private static final int WARM_UP = 10;
  private static final int REPEATS = 20;
  private static final List<String> METHODS = List.of("fixed", "model", "return");

  private final CustomerCodec codec = new CustomerCodec();
  private final List<Optional<Customer>> customers = new ArrayList<>();
  private final List<byte[]> stored = new ArrayList<>();
  private final List<JobEvents.Arrived> next = new ArrayList<>();
  private final Timeline timeline;
  private long sink;

  private RiskMethods(String method, int events) {
    timeline = new Timeline(Policies.of(BenchPolicy.byMethod(method)));
    List<Optional<Customer>> known = new ArrayList<>();
    List<JobEvents.Arrived> last = new ArrayList<>();
    for (int i = 0; i < CUSTOMERS; i++) {
      known.add(Optional.empty());
      last.add(null);
    }
    JobEvents history = new JobEvents(new Job(CUSTOMERS, (long) CUSTOMERS * events, 0, 1, 1));
    while (history.hasNext()) {
      JobEvents.Arrived arrived = history.next();
      JobEvents.Arrived before = last.set(arrived.customer(), arrived);
      if (before != null) {
        known.set(
            arrived.customer(),
            Optional.of(
                timeline
                    .apply(known.get(arrived.customer()), before.event(), before.arrivedAt())
                    .customer()));
      }
    }
    for (int i = 0; i < CUSTOMERS; i++) {
      if (known.get(i).isPresent()) {
        customers.add(known.get(i));
        stored.add(codec.encode(new StoredCustomer(known.get(i).get(), Instants.FOREVER)));
        next.add(last.get(i));
      }
    }
  }

  /** Prints nanoseconds per event, and the ratio to the method {@code model}. */
  public static void main(String[] args) {
    PrintStream out = System.out;
    out.println("Median processor time per event, and the median ratio to the method model");
    for (int events : new int[] {5, 50}) {
      List<RiskMethods> methods =
          METHODS.stream().map(method -> new RiskMethods(method, events)).toList();
      print(out, events, "decide", measure(methods, false));
      print(out, events, "decode, decide, encode", measure(methods, true));
      // What is computed is shown, so that none of it is left out.
      out.printf("Checksum %d%n", methods.stream().mapToLong(each -> each.sink).sum());
    }
  }

  private static double[][] measure(List<RiskMethods> methods, boolean stored) {
    double[][] times = new double[METHODS.size()][ROUNDS];
    for (int round = -WARM_UP; round < ROUNDS; round++) {
      for (int method = 0; method < METHODS.size(); method++) {
        double time = methods.get(method).time(stored);
        if (round >= 0) {
          times[method][round] = time;
        }
      }
    }
    return times;
  }

  private static void print(PrintStream out, int events, String what, double[][] times) {
    int model = METHODS.indexOf("model");
    for (int method = 0; method < METHODS.size(); method++) {
      double[] ratios = new double[ROUNDS];
      for (int round = 0; round < ROUNDS; round++) {
        ratios[round] = times[method][round] / times[model][round];
      }
      out.printf(
          Locale.ROOT,
          "%d events, %s, %s: %.0f ns, %.3f%n",
          events,
          what,
          METHODS.get(method),
          median(times[method]),
          median(ratios));
    }
  }

  private double time(boolean fromStore) {
    long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    for (int repeat = 0; repeat < REPEATS; repeat++) {
      for (int i = 0; i < next.size(); i++) {
        sink += fromStore ? event(i) : decide(customers.get(i), i).due();
      }
    }
    long after = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    return (after - before) / (double) (REPEATS * next.size());
  }

  private int event(int i) {
    Customer known = codec.decode("c", stored.get(i)).customer();
    Customer after = decide(Optional.of(known), i);
    return codec.encode(new StoredCustomer(after, Instants.FOREVER)).length;
  }

  private Customer decide(Optional<Customer> known, int i) {
    return timeline.apply(known, next.get(i).event(), next.get(i).arrivedAt()).customer();
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
