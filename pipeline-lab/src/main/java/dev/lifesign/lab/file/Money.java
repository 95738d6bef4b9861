package dev.lifesign.lab.file;

/**
 * An amount of money.
 *
 * @param minorUnits minor units of the currency; may be negative
 * @param currency ISO 4217 code
 */
record Money(long minorUnits, String currency) {}
