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
 * Deletes the state of an application: its folder on this machine, its changelogs, and its
 * committed offsets. Its next start reads the inputs from the beginning. The input, control and
 * output topics remain.
 */
public final class StateReset {

  private final Admin admin;
  private final Settings settings;

  /** Creates the reset for the application in the settings. */
  public StateReset(Admin admin, Settings settings) {
    this.admin = admin;
    this.settings = settings;
  }

  /**
   * What a reset would delete.
   *
   * @param folder the folder of its state on this machine, if there is one
   * @param topics its internal topics
   * @param group its consumer group, if it has offsets
   */
  public record Plan(List<Path> folder, List<String> topics, List<String> group) {

    /** Keeps its own copies. */
    public Plan {
      folder = List.copyOf(folder);
      topics = List.copyOf(topics);
      group = List.copyOf(group);
    }

    /** Whether there is nothing to delete. */
    public boolean isEmpty() {
      return folder.isEmpty() && topics.isEmpty() && group.isEmpty();
    }
  }

  /**
   * Finds what a reset would delete.
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
            "%s is running: its group has %d members; stop all instances, and wait for their sessions to end (session.timeout.ms, 10 s)"
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

  /** Deletes the state. */
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
        "Could not delete the state of %s: %s"
            .formatted(settings.applicationId(), e.getCause().getMessage()),
        e);
  }

  private static IllegalStateException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new IllegalStateException("Interrupted", e);
  }
}
