/**
 * From bytes to rows of text: compression, encodings, separators, quotes, and lines with faults.
 */
package dev.lifesign.lab.table;
