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
        .contains("--short and --large exclude each other; leave one out");
  }

  @Test
  void roundsThatAreNoneAreRefused() {
    assertThat(refusal("--rounds", "0")).contains("--rounds is 0; set it to 1 to 20");
    assertThat(refusal("--rounds", "21")).contains("--rounds is 21");
  }

  @Test
  void anotherBuildMustBePackaged() {
    assertThat(refusal("--only", "builds")).contains("name its folder with --other");
    assertThat(refusal("--only", "builds", "--other", "nowhere")).contains("package one");
  }

  @Test
  void partsThatAreNoneAreRefused() {
    assertThat(refusal("--only", "latency,trhoughput")).contains("--only names trhoughput");
  }

  private static String refusal(String... arguments) {
    StringWriter said = new StringWriter();
    CommandLine command = new CommandLine(new BenchCommand());
    command.setErr(new PrintWriter(said, true));
    assertThat(command.execute(arguments)).isEqualTo(CommandLine.ExitCode.USAGE);
    return said.toString();
  }
}
