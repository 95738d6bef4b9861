package dev.lifesign.domain.scoring;

/**
 * Cut points taken from the population at an instant.
 *
 * @param asOf the instant, a multiple of the policy's {@code cutsEvery}
 * @param customers the number of customers with a transaction in the window
 * @param recency by the instant of the last transaction
 * @param orders by orders in the window
 * @param money by net money in the window, minor units of the base currency
 */
public record PopulationCuts(
    long asOf, long customers, Quintiles recency, Quintiles orders, Quintiles money) {}
