/** Events that wait to be played, as bytes: a replay's in the heap, a backtest's in files. */
package dev.lifesign.app.kept;
