package dev.lifesign.domain.history;

import dev.lifesign.domain.event.Event;

/** An event and when it arrived. */
public record Arrival(Event event, long arrivedAt) {}
