/** What the columns of a table mean: mappings, their short form, presets, and guesses. */
package dev.lifesign.lab.mapping;
