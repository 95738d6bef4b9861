/** Reports as self-contained HTML pages: one look for all of them. */
package dev.lifesign.lab.page;
