package dev.lifesign.domain.cel;

import dev.cel.common.CelErrorCode;
import dev.cel.common.exceptions.CelRuntimeException;

/** An expression read a field that is absent. Common, so it goes without a stack trace. */
final class AbsentFieldException extends CelRuntimeException {

  AbsentFieldException(String field) {
    super(new IllegalStateException(field), CelErrorCode.ATTRIBUTE_NOT_FOUND);
  }

  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }
}
