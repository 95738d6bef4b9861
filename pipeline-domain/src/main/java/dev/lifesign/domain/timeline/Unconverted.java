package dev.lifesign.domain.timeline;

/**
 * Money that an event moved in a currency without a rate. It is not counted.
 *
 * @param currency ISO 4217 code
 * @param amount minor units of the currency; negative for a refund
 */
public record Unconverted(String currency, long amount) {}
