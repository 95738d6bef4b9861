package dev.lifesign.app.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests which calls are found in a block. */
class ShownCommandsTest {

  @Test
  void aSessionShowsCommandsBehindPromptsAndTheirContinuedLines() {
    String block =
        """
        $ ./lifesign replay --events a.csv \\
            --csv "time=Date,format=yyyy-MM-dd HH:mm" > log # why
        lifesign is what it printed
        $ lifesign policy check a.yaml | tail -1
        """;
    assertThat(ShownCommands.of(block))
        .containsExactly(
            List.of("replay", "--events", "a.csv", "--csv", "time=Date,format=yyyy-MM-dd HH:mm"),
            List.of("policy", "check", "a.yaml"));
  }

  @Test
  void everyLineOfABlockWithoutPromptsIsACommand() {
    String block = "lifesign demo   # plays a shop\nKEY='a b' ./lifesign run --set a.b=c; true\n";
    assertThat(ShownCommands.of(block))
        .containsExactly(List.of("demo"), List.of("run", "--set", "a.b=c"));
  }

  @Test
  void aNameWithinAnotherCommandIsNoCall() {
    assertThat(ShownCommands.of("cd lifesign\ncat ./lifesign\nkcat -t lifesign.control\n"))
        .isEmpty();
  }
}
