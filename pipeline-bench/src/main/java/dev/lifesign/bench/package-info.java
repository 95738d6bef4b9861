/**
 * Lifesign measured beside what a user would pick instead: whole jobs, each entrant in a process of
 * its own, against the same broker and the same written history.
 */
package dev.lifesign.bench;
