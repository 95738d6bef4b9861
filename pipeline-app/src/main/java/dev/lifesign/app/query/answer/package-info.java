/**
 * The answers of the API as records, which {@link dev.lifesign.app.query.answer.JsonWriter} writes
 * as JSON. The names of the components are the names of the JSON fields and part of the contract;
 * see docs/reference/api.md. Absent values are null.
 */
package dev.lifesign.app.query.answer;
