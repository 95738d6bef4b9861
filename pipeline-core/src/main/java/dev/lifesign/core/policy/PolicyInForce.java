package dev.lifesign.core.policy;

/**
 * A policy, and from when it holds.
 *
 * @param from milliseconds since 1970; {@code Instants.NEVER} for the first
 * @param policy the policy
 */
public record PolicyInForce(long from, Policy policy) {}
