package dev.lifesign.app.runtime;

import dev.lifesign.app.config.Settings;
import dev.lifesign.lab.UserError;
import dev.lifesign.lab.file.Folders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/**
 * Forgets the state of an application: its folder here, its changelogs, its committed offsets. Its
 * next start reads the inputs from their beginning. Inputs, control and outputs stay.
 */
public final class StateReset {

  private final Admin admin;
  private final Settings settings;

  /** Of the application that the settings name. */
  public StateReset(Admin admin, Settings settings) {
    this.admin = admin;
    this.settings = settings;
  }

  /**
   * What would go.
   *
   * @param folder the folder of its state on this machine, if there is one
   * @param topics its internal topics
   * @param group its consumer group, if there are offsets
   */
  public record Plan(List<Path> folder, List<String> topics, List<String> group) {

    /** Keeps its own copies. */
    public Plan {
      folder = List.copyOf(folder);
      topics = List.copyOf(topics);
      group = List.copyOf(group);
    }

    /** Whether there is nothing to forget. */
    public boolean isEmpty() {
      return folder.isEmpty() && topics.isEmpty() && group.isEmpty();
    }
  }

  /**
   * Finds what would go.
   *
   * @throws UserError if an instance of the application is running
   */
  public Plan plan() {
    String application = settings.applicationId();
    Path folder = settings.state().dir().resolve(application);
    try {
      List<String> topics =
          admin.listTopics().names().get().stream()
              .filter(topic -> topic.startsWith(application + "-") && topic.endsWith("-changelog"))
              .sorted()
              .toList();
      return new Plan(
          Files.exists(folder) ? List.of(folder) : List.of(), topics, stoppedGroup(application));
    } catch (ExecutionException e) {
      throw refused(e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private List<String> stoppedGroup(String application)
      throws ExecutionException, InterruptedException {
    List<String> found = new ArrayList<>();
    try {
      var group =
          admin
              .describeConsumerGroups(List.of(application))
              .describedGroups()
              .get(application)
              .get();
      if (!group.members().isEmpty()) {
        throw new UserError(
            "Expected no instance of %s to run, but its group has %d members; stop them, and wait for their session to end (session.timeout.ms, 10 s)"
                .formatted(application, group.members().size()));
      }
      found.add(application);
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof GroupIdNotFoundException)) {
        throw e;
      }
    }
    return found;
  }

  /** Forgets it. */
  public void run(Plan plan) {
    StateLock lock = StateLock.take(settings);
    try {
      if (!plan.group().isEmpty()) {
        admin.deleteConsumerGroups(plan.group()).all().get();
      }
      admin.deleteTopics(plan.topics()).all().get();
      plan.folder().forEach(Folders::delete);
    } catch (ExecutionException e) {
      throw refused(e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    } finally {
      lock.close();
    }
  }

  private UserError refused(ExecutionException e) {
    return new UserError(
        "Expected the brokers to forget the state of %s, but: %s"
            .formatted(settings.applicationId(), e.getCause().getMessage()),
        e);
  }

  private static IllegalStateException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new IllegalStateException("Interrupted", e);
  }
}
