package dev.lifesign.app.fit;

/**
 * What is to be known of a fit before it is believed.
 *
 * @param blocking whether the model means nothing here
 * @param text what was found, what it means, and what to do
 */
public record Finding(boolean blocking, String text) {}
