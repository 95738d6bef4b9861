package dev.lifesign.core.policy;

/**
 * A rule that raises alerts (semantics, Alerts).
 *
 * @param id unique within the policy
 * @param trigger the entry that raises it
 * @param severity how much it matters
 * @param cooldown how long after one was raised the rule raises no other for the customer,
 *     milliseconds, 0 or more
 * @param timeToLive after what time it ends by itself, milliseconds, more than 0
 * @param owner who is to act
 * @param action what is to be done
 */
public record AlertRule(
    String id,
    AlertTrigger trigger,
    Severity severity,
    long cooldown,
    long timeToLive,
    String owner,
    String action) {}
