package dev.lifesign.lab.backtest;

import dev.lifesign.lab.page.Page;
import dev.lifesign.lab.page.PageTable;
import java.util.Map;

/** How the recommendation was chosen: every candidate, and why it was taken or not. */
final class ChoiceSection {

  private ChoiceSection() {}

  static void write(Sheet sheet) {
    sheet.heading("heading.choice");
    if (sheet.report().choice().isPresent()) {
      candidates(sheet, sheet.report().choice().get());
    } else {
      sheet.soft("choice.early", Map.of());
    }
    // The reason is an English sentence in every language.
    sheet
        .report()
        .whyNoModel()
        .ifPresent(
            why ->
                sheet
                    .page()
                    .add(
                        "<p class='soft note'>%s <span dir='ltr' lang='en'>%s</span></p>",
                        Page.text(sheet.say("choice.noModel")), Page.text(why)));
  }

  private static void candidates(Sheet sheet, Choice choice) {
    Sentences sentences = sheet.sentences();
    String objective = sheet.report().scope().objective().name();
    String lead =
        sheet
            .words()
            .say(
                "choice.lead",
                Map.of(
                    "cutoffs", sheet.report().scope().cutoffs(),
                    "guess", sentences.value(choice.guess())));
    sheet.page().add("<p>%s</p>", Page.text(lead));
    sheet.tag(true);
    PageTable table =
        new PageTable(sheet.page())
            .text(sheet.say("column.policy"))
            .number(sheet.say("value." + objective))
            .number(sheet.say("column.error"))
            .prose(sheet.say("column.why"))
            .prose(sheet.say("column.setting"))
            .begin(lead);
    double most =
        sheet.report().scope().objective() instanceof Objective.Profit
            ? Math.max(1, Math.max(choice.weighed().get(0).value(), choice.guess()))
            : 1;
    for (Choice.Weighed each : choice.weighed()) {
      table.row(
          each.equals(choice.recommended()),
          Page.apart(sentences.name(each.candidate())) + seen(sheet, each.candidate()),
          PageTable.meter(each.value() / most, sentences.value(each.value())),
          Page.text(sentences.value(each.error())),
          Page.text(
              sheet.say(
                  "reason."
                      + Reason.of(
                          choice,
                          each,
                          sheet.report().verdict().kind(),
                          sheet.report().scope().earliest()))),
          Page.text(sentences.setting(each.candidate().setting())));
    }
    table.end();
  }

  private static String seen(Sheet sheet, Candidate candidate) {
    return candidate.seenByModel() == FittedUntil.Seen.NO
        ? ""
        : " <small>%s</small>".formatted(Page.text(sheet.say("model." + candidate.seenByModel())));
  }
}
