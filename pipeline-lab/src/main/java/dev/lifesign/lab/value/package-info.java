/** Pure functions from the text of a cell to its value, each of which tells why it cannot. */
package dev.lifesign.lab.value;
