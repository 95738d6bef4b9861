package dev.lifesign.core.history;

import dev.lifesign.core.event.Event;

/** An event and when it arrived. */
public record Arrival(Event event, long arrivedAt) {}
