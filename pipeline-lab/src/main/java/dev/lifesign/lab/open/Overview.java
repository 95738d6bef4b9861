package dev.lifesign.lab.open;

import dev.lifesign.domain.policy.Policy;
import dev.lifesign.domain.status.Status;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * What the owner of a shop wants to know first. Money is in minor units of the policy's base
 * currency; instants are milliseconds since 1970.
 *
 * @param source the name of the file
 * @param policy the policy that decided
 * @param totals the size of the shop
 * @param statuses one for each status that somebody has, the healthiest first
 * @param calls whom to call today, the most valuable first
 * @param segments one for each segment that somebody is in, the largest value first
 * @param weeks the last weeks, oldest first
 * @param backtest how right the rule was in the past; empty if the history is too short to say
 */
public record Overview(
    String source,
    Policy policy,
    Totals totals,
    List<StatusGroup> statuses,
    List<Call> calls,
    List<SegmentGroup> segments,
    List<Week> weeks,
    Optional<Tested> backtest) {

  /** Keeps its own copies. */
  public Overview {
    statuses = List.copyOf(statuses);
    calls = List.copyOf(calls);
    segments = List.copyOf(segments);
    weeks = List.copyOf(weeks);
  }

  /**
   * The size of the shop.
   *
   * @param customers all customers
   * @param active those who are neither at risk nor gone nor prospects
   * @param orders all orders
   * @param net net money of all orders
   * @param first when the first customer began to buy
   * @param until the instant of the overview
   */
  public record Totals(
      long customers, long active, long orders, long net, long first, long until) {}

  /**
   * The customers of a status.
   *
   * @param status the status
   * @param customers how many
   * @param atStake what is lost if they leave
   */
  public record StatusGroup(Status status, long customers, long atStake) {}

  /**
   * The customers of a segment.
   *
   * @param name the segment
   * @param customers how many
   * @param net their net money in the policy's window
   */
  public record SegmentGroup(String name, long customers, long net) {}

  /**
   * A customer to call.
   *
   * @param customerId the customer
   * @param orders its orders
   * @param gapDays its mean gap between purchase days; empty for fewer than three of them
   * @param silentDays whole days since its last order
   * @param atStake what is lost if it leaves
   * @param alive the probability that it has not left; empty without a model
   * @param next what it becomes if nothing happens; empty if it stays as it is
   */
  public record Call(
      String customerId,
      long orders,
      OptionalInt gapDays,
      long silentDays,
      long atStake,
      OptionalDouble alive,
      Optional<Next> next) {}

  /**
   * What a customer becomes.
   *
   * @param status the status
   * @param at when
   */
  public record Next(Status status, long at) {}

  /**
   * How many customers were what at the end of a week.
   *
   * @param end the end
   * @param active neither at risk nor gone
   * @param atRisk at risk
   */
  public record Week(long end, long active, long atRisk) {}

  /**
   * What the rules would have predicted in the past, and what happened.
   *
   * @param cutoff when they would have predicted it
   * @param days how long customers then had to come back
   * @param lost how many did not
   * @param lostRight the share of them of whom the rules said so
   * @param back how many came back
   * @param backRight the share of them of whom the rules did not say that they would not
   * @param isUseful whether that is better than the same guess for everybody, by more than chance
   */
  public record Tested(
      long cutoff,
      int days,
      long lost,
      double lostRight,
      long back,
      double backRight,
      boolean isUseful) {}
}
