package dev.lifesign.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What the benchmark does not take, it says before it begins. */
class BenchCommandTest {

  @Test
  void sizesThatContradictEachOtherAreRefused() {
    assertThat(refusal("--short", "--large"))
        .contains("Expected --short or --large, but both are there; leave one out");
  }

  @Test
  void roundsThatAreNoneAreRefused() {
    assertThat(refusal("--rounds", "0")).contains("Expected --rounds to be 1 to 20, but it is 0");
    assertThat(refusal("--rounds", "21")).contains("but it is 21");
  }

  @Test
  void partsThatAreNoneAreRefused() {
    assertThat(refusal("--only", "latency,trhoughput")).contains("but trhoughput is none");
  }

  private static String refusal(String... arguments) {
    StringWriter said = new StringWriter();
    CommandLine command = new CommandLine(new BenchCommand());
    command.setErr(new PrintWriter(said, true));
    assertThat(command.execute(arguments)).isEqualTo(CommandLine.ExitCode.USAGE);
    return said.toString();
  }
}
