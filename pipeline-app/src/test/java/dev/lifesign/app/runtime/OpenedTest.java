package dev.lifesign.app.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenedTest {

  private final Opened opened = new Opened();
  private final List<String> closed = new ArrayList<>();

  private AutoCloseable part(String name) {
    return () -> closed.add(name);
  }

  private AutoCloseable failing(String name, Throwable failure) {
    return () -> {
      closed.add(name);
      if (failure instanceof Error error) {
        throw error;
      }
      throw (Exception) failure;
    };
  }

  @Test
  void theLastIsClosedFirst() {
    opened.add(part("a"));
    opened.add(part("b"));
    opened.close();
    assertThat(closed).containsExactly("b", "a");
  }

  @Test
  void allIsClosedWhateverFails() {
    IOException first = new IOException("c is stuck");
    NoClassDefFoundError second = new NoClassDefFoundError("b is gone");
    opened.add(part("a"));
    opened.add(failing("b", second));
    opened.add(failing("c", first));
    opened.add(part("d"));
    assertThatThrownBy(opened::close)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("c is stuck")
        .hasCause(first)
        .hasSuppressedException(second);
    assertThat(closed).containsExactly("d", "c", "b", "a");
  }

  @Test
  void nothingIsClosedTwice() {
    opened.add(part("a"));
    opened.close();
    opened.close();
    assertThat(closed).containsExactly("a");
  }

  @Test
  void whatFailsAfterAFailureIsSuppressedInIt() {
    IllegalArgumentException cause = new IllegalArgumentException("no such topic");
    IOException later = new IOException("b is stuck");
    opened.add(part("a"));
    opened.add(failing("b", later));
    opened.closeAfter(cause);
    assertThat(closed).containsExactly("b", "a");
    assertThat(cause.getSuppressed()[0]).hasCause(later);
  }
}
