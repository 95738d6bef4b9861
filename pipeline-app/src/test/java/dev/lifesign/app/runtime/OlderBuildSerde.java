package dev.lifesign.app.runtime;

import dev.lifesign.core.wire.AvroSerde;
import dev.lifesign.domain.policy.PolicyFormat;
import dev.lifesign.schema.ControlRecord;
import dev.lifesign.schema.PolicyInForce;
import org.apache.avro.specific.SpecificRecord;

/**
 * Simulates an older build: policies after the first look as if they had a later format, with a key
 * that the build does not know.
 */
public final class OlderBuildSerde extends ForwardingSerde {

  /** Creates the serde; it is instantiated by class name. */
  public OlderBuildSerde() {
    super(new AvroSerde());
  }

  @Override
  public SpecificRecord deserialize(String topic, byte[] bytes) {
    SpecificRecord read = super.deserialize(topic, bytes);
    if (read instanceof ControlRecord control
        && control.getBody() instanceof PolicyInForce policy
        && policy.getVersion() > 1) {
      policy.setFormat(PolicyFormat.NEWEST + 1);
      policy.setPolicy(policy.getPolicy() + "\nhorizons: { near: P7D }\n");
    }
    return read;
  }
}
