package dev.lifesign.lab.fit;

/**
 * A warning about a fit.
 *
 * @param blocking whether it makes the models meaningless
 * @param text what was found, what it means, and what to do about it
 */
public record Finding(boolean blocking, String text) {}
