package dev.lifesign.app.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PortsTest {

  @Test
  void aPortIsNotGivenTwiceThoughNobodyListensOnItYet() {
    Set<Integer> given = new HashSet<>();
    for (int i = 0; i < 2_000; i++) {
      assertThat(given.add(Ports.free())).isTrue();
    }
  }

  @Test
  void aConnectionThatGoesOutDoesNotTakeOneBeforeItsUse() throws Exception {
    try (ServerSocket somebody = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(Ports.free()).isBetween(20_000, 29_999).isLessThan(somebody.getLocalPort());
    }
  }

  @Test
  void aPortOnWhichSomebodyListensIsNotGiven() throws Exception {
    int port = Ports.free();
    try (ServerSocket taken = new ServerSocket(port + 1, 1, InetAddress.getLoopbackAddress())) {
      assertThat(Ports.free()).isNotEqualTo(taken.getLocalPort());
    }
  }
}
