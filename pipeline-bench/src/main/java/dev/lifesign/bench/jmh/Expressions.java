package dev.lifesign.bench.jmh;

import dev.lifesign.domain.cel.Answer;
import dev.lifesign.domain.cel.Expression;
import dev.lifesign.domain.cel.Expressions.Scope;
import dev.lifesign.domain.cel.View;
import dev.lifesign.domain.event.Event;
import dev.lifesign.domain.event.Support;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Benchmarks of typical CEL expressions of a policy, with allocations. */
@State(org.openjdk.jmh.annotations.Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class Expressions {

  private static final Map<String, Object> CUSTOMER =
      Map.of(
          "status",
          "AT_RISK",
          "since",
          Instant.EPOCH,
          "orders",
          12L,
          "valueAtStake",
          50_000L,
          "subscriptions",
          List.of(Map.of("id", "s1", "plan", "pro", "entitled", true, "amount", 1_999L)));

  private static final Optional<Event> EVENT =
      Optional.of(
          new Support("e", "c", 0, Support.Action.OPENED, "t1", Support.Category.COMPLAINT, ""));

  /** The expression: a filter, a match, one that looks through a list, one that fails. */
  @Param({
    "customer.orders >= 3 && customer.valueAtStake > 10000 && customer.status == 'AT_RISK'",
    "event.family == 'support' && event.action == 'OPENED' && event.category == 'COMPLAINT'",
    "customer.subscriptions.exists(s, s.entitled && s.amount > 1000)",
    "event.channel == 'web'"
  })
  private String text;

  private Expression expression;

  /** For JMH. */
  public Expressions() {}

  /** Runs all benchmarks with the allocations per call. */
  public static void main(String[] args) throws RunnerException {
    new Runner(
            new OptionsBuilder()
                .include(Expressions.class.getName())
                .addProfiler(GCProfiler.class)
                .build())
        .run();
  }

  /** Compiles the expression. */
  @Setup
  public void compile() {
    expression =
        dev.lifesign.domain.cel.Expressions.compile(text, Scope.FILTER).expression().orElseThrow();
  }

  /** Evaluates it. */
  @Benchmark
  public Answer ask() {
    return expression.ask(new Seen());
  }

  private static final class Seen implements View {
    @Override
    public Map<String, Object> customer() {
      return CUSTOMER;
    }

    @Override
    public Optional<Event> event() {
      return EVENT;
    }

    @Override
    public String subject() {
      return "";
    }
  }
}
