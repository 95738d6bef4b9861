package dev.lifesign.app.cli;

import dev.lifesign.domain.policy.PolicyCalendar;
import dev.lifesign.domain.policy.PolicyLocale.Language;
import dev.lifesign.domain.policy.Presets;
import dev.lifesign.lab.UserError;
import dev.lifesign.lab.file.PolicyFile;
import dev.lifesign.lab.fit.PolicyText;
import dev.lifesign.lab.value.CurrencyWords;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What the owner of a shop says about it instead of writing a policy. */
final class ShopOptions {

  @Option(
      names = "--currency",
      paramLabel = "CODE",
      description = "the currency of the page (default: that of most orders, or USD)")
  private String currency;

  @Option(
      names = "--zone",
      paramLabel = "ZONE",
      description = "the time zone of your days, such as Europe/Paris (default: UTC)")
  private String zone;

  @Option(
      names = "--language",
      paramLabel = "LANGUAGE",
      description = "en (default), fa, with the calendar of Iran, or ar")
  private Language language;

  /** Whether one of them is given. */
  boolean areGiven() {
    return currency != null || zone != null || language != null;
  }

  /**
   * The currency in capitals; empty if it is not given.
   *
   * @throws UserError if it is no code of a currency
   */
  Optional<String> currency() {
    if (currency == null) {
      return Optional.empty();
    }
    String code = currency.toUpperCase(Locale.ROOT);
    if (!CurrencyWords.isCode(code)) {
      throw new UserError(
          "--currency is %s; set it to a code of ISO 4217 such as EUR".formatted(currency));
    }
    return Optional.of(code);
  }

  /**
   * The time zone of days.
   *
   * @throws UserError if the name is not that of a time zone
   */
  ZoneId zone() {
    String name = zoneName();
    return PolicyCalendar.zone(name)
        .orElseThrow(
            () ->
                new UserError(
                    "--zone is %s; set it to a time zone such as Europe/Paris or Asia/Tehran"
                        .formatted(name)));
  }

  private String zoneName() {
    return zone == null ? "UTC" : zone;
  }

  /**
   * The preset retail for this shop.
   *
   * @param baseCurrency its base currency
   */
  PolicyFile policy(String baseCurrency) {
    PolicyText text = PolicyText.of(Presets.text("retail"));
    text.currency(baseCurrency);
    text.locale(language == null ? Language.EN : language, zoneName());
    if (language == Language.FA) {
      text.persianCalendar();
    }
    return PolicyFile.of(text.text(), "the preset retail");
  }
}
