package dev.lifesign.domain.policy;

/**
 * A rule that raises alerts (semantics, Alerts).
 *
 * @param id unique within the policy
 * @param trigger the status entry that raises an alert
 * @param severity how much it matters
 * @param cooldown how long after an alert the rule raises no other for the same customer,
 *     milliseconds, 0 or more
 * @param timeToLive how long an alert stays open before it expires, milliseconds, more than 0
 * @param owner who should act
 * @param action what to do
 */
public record AlertRule(
    String id,
    AlertTrigger trigger,
    Severity severity,
    long cooldown,
    long timeToLive,
    String owner,
    String action) {}
