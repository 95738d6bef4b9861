/**
 * Measures Lifesign and its alternatives on whole jobs, each entrant in a separate process, with
 * the same broker and the same history.
 */
package dev.lifesign.bench;
