package dev.lifesign.app.runtime;

import dev.lifesign.core.wire.AvroSerde;
import dev.lifesign.domain.policy.PolicyFormat;
import dev.lifesign.schema.ControlRecord;
import dev.lifesign.schema.PolicyInForce;
import org.apache.avro.specific.SpecificRecord;

/**
 * Makes an older build of this one: policies after the first look to it as those of a later format
 * do, with a key that it does not know.
 */
public final class OlderBuildSerde extends ForwardingSerde {

  /** For configuration by class name. */
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
