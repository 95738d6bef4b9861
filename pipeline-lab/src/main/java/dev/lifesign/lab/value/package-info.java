/** Pure functions from the text of a cell to its value, or to the reason why it has none. */
package dev.lifesign.lab.value;
