/** Alerts as people work on them: read from their topic, and changed by commands. */
package dev.lifesign.app.alert;
