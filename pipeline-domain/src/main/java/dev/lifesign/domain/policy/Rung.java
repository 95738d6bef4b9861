package dev.lifesign.domain.policy;

import dev.lifesign.domain.cel.Expression;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A rung of a case's ladder.
 *
 * @param id unique within the ladder
 * @param when the condition
 * @param dwell how long the condition must have held before the rung fires, milliseconds, 0 or more
 * @param severity how much it matters
 * @param filter looked at when the rung fires; empty if it always passes
 * @param due within how many working days someone should act: the rung's own, else the case's;
 *     empty for no limit
 * @param raiseOnPublish whether what a new or changed rung finds true when its policy takes effect
 *     counts as having begun then, rather than as known already
 */
public record Rung(
    String id,
    Condition when,
    long dwell,
    SeverityRule severity,
    Optional<Expression> filter,
    OptionalInt due,
    boolean raiseOnPublish) {}
