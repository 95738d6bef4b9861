package dev.lifesign.lab.backtest;

import dev.lifesign.domain.policy.PolicyReader;
import dev.lifesign.lab.page.Page;
import java.util.Map;

/** What exactly to set, to be copied into a policy. */
final class SettingSection {

  private SettingSection() {}

  static void write(Sheet sheet) {
    BacktestReport report = sheet.report();
    RiskSetting setting =
        RiskSetting.of(PolicyReader.read(report.recommended()).policy().orElseThrow());
    sheet.heading("heading.set");
    sheet
        .page()
        .add(
            "<p>%s</p>",
            Page.text(
                sheet
                    .words()
                    .say(
                        report.verdict().kind() == Verdict.Kind.CHANGE ? "set.change" : "set.keep",
                        Map.of("setting", sheet.sentences().setting(setting)))));
    sheet
        .page()
        .add(
            "<pre lang='en'><code>%s</code></pre>",
            Page.text(SilenceYaml.of(report.recommended())));
    sheet.soft("set.file", Map.of("file", sheet.words().isolated("recommended.yaml")));
  }
}
