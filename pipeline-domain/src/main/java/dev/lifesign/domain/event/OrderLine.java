package dev.lifesign.domain.event;

/**
 * One line of an order.
 *
 * @param sku the article; may be empty
 * @param category its category; may be empty
 * @param quantity number of pieces, 0 or more
 * @param amount minor units of the order's currency, 0 or more
 */
public record OrderLine(String sku, String category, int quantity, long amount) {}
