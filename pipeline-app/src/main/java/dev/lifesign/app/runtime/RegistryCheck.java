package dev.lifesign.app.runtime;

import dev.lifesign.app.config.Settings;
import dev.lifesign.core.contract.Topics;
import dev.lifesign.core.wire.HttpSchemaRegistry;
import dev.lifesign.core.wire.RegistryException;
import dev.lifesign.core.wire.RegistryUnavailableException;
import dev.lifesign.lab.UserError;
import dev.lifesign.schema.ChurnAlert;
import dev.lifesign.schema.CommandResult;
import dev.lifesign.schema.ControlRecord;
import dev.lifesign.schema.CustomerProfile;
import dev.lifesign.schema.DeadLetter;
import dev.lifesign.schema.PopulationSnapshot;
import dev.lifesign.schema.SegmentChange;
import dev.lifesign.schema.SkippedRecord;
import dev.lifesign.schema.StatusChange;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.avro.Schema;

/**
 * Registers the schemas that the pipeline writes before it starts. A registry that is unavailable,
 * refuses access or finds a schema incompatible is then reported in a sentence, and one that
 * becomes unavailable later does not stop the output.
 */
final class RegistryCheck {

  private final Connections connections;
  private final Settings settings;

  RegistryCheck(Connections connections, Settings settings) {
    this.connections = connections;
    this.settings = settings;
  }

  /**
   * Runs the check.
   *
   * @throws UserError if the pipeline could not write
   */
  void run() {
    try {
      connections.impatientRegistry().reach();
      if (settings.clients().serde().equals(Settings.OWN_SERDE)) {
        HttpSchemaRegistry registry = connections.registry();
        written(settings.topics().names())
            .forEach((topic, schema) -> registry.register(topic + "-value", schema));
      }
    } catch (RegistryException | RegistryUnavailableException e) {
      throw new UserError(e.getMessage(), e);
    }
  }

  private static Map<String, Schema> written(Topics topics) {
    Map<String, Schema> written = new LinkedHashMap<>();
    written.put(topics.control(), ControlRecord.getClassSchema());
    written.put(topics.population(), PopulationSnapshot.getClassSchema());
    written.put(topics.statusChanges(), StatusChange.getClassSchema());
    written.put(topics.churnAlerts(), ChurnAlert.getClassSchema());
    written.put(topics.segmentChanges(), SegmentChange.getClassSchema());
    written.put(topics.customerProfiles(), CustomerProfile.getClassSchema());
    written.put(topics.commandResults(), CommandResult.getClassSchema());
    written.put(topics.deadLetters(), DeadLetter.getClassSchema());
    written.put(topics.skips(), SkippedRecord.getClassSchema());
    return written;
  }
}
