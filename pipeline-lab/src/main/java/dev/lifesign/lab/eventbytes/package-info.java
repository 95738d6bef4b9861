/**
 * Events that are waiting to be replayed, as bytes: a replay's in the heap, a backtest's in files.
 */
package dev.lifesign.lab.eventbytes;
