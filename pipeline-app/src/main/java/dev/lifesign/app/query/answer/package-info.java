/**
 * What the API answers, as typed records; {@link dev.lifesign.app.query.answer.JsonWriter} writes
 * them. Component names are the names of the JSON fields and part of the contract: see the API's
 * document. What is absent is null.
 */
package dev.lifesign.app.query.answer;
