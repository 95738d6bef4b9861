package dev.lifesign.domain.policy;

/**
 * The company's language and calendar.
 *
 * @param language the language of explanations
 * @param calendar its days, weeks and months
 */
public record PolicyLocale(Language language, PolicyCalendar calendar) {

  /** English and {@link PolicyCalendar#UTC}. */
  public static final PolicyLocale DEFAULT = new PolicyLocale(Language.EN, PolicyCalendar.UTC);

  /** The languages of explanations. */
  public enum Language {
    /** English. */
    EN,
    /** Persian. */
    FA,
    /** Arabic. */
    AR
  }
}
