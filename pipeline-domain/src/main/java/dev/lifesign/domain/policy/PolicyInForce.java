package dev.lifesign.domain.policy;

/**
 * A policy and when it comes into force.
 *
 * @param from milliseconds since 1970; {@code Instants.NEVER} for the first
 * @param policy the policy
 */
public record PolicyInForce(long from, Policy policy) {}
