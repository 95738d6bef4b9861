package dev.lifesign.core.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A setting of the registry that cannot be used is named. */
class RegistrySettingsTest {

  @ParameterizedTest
  @ValueSource(strings = {"", "registry", "http://", "http://a b:8081", "localhost:8081"})
  void whatIsNoAddressIsNamed(String url) {
    assertThatThrownBy(() -> RegistrySettings.of(Map.of("schema.registry.url", url)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("schema.registry.url")
        .hasMessageContaining("such as http://localhost:8081");
  }

  @Test
  void patienceThatIsNoNumberIsNamed() {
    assertThatThrownBy(
            () ->
                RegistrySettings.of(
                    Map.of(
                        "schema.registry.url",
                        "http://localhost:8081",
                        "schema.registry.patience.ms",
                        "1m")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("schema.registry.patience.ms (1m)");
  }

  @Test
  void severalAddressesAreTakenInOrder() {
    assertThat(
            RegistrySettings.of(Map.of("schema.registry.url", "http://one:8081, https://two"))
                .urls())
        .hasToString("[http://one:8081, https://two]");
  }
}
