package dev.lifesign.app.backtest;

/**
 * The fixed silence after which the most customers are called rightly.
 *
 * @param days whoever has been silent for so many days is called lost
 * @param accuracy share called rightly where it was tuned
 */
record Threshold(int days, double accuracy) {

  /**
   * The best threshold of some customers, whole days; the shortest of the best.
   *
   * @param silences of each, days
   */
  static Threshold tuned(Ranking silences) {
    long right = silences.size() - (long) silences.sizeBack();
    double longest = silences.size() == 0 ? 0 : silences.value(silences.size() - 1);
    int best = 1;
    long most = -1;
    int place = 0;
    int back = 0;
    for (int days = 1; days <= longest + 1; days++) {
      // Who has been silent for less is not called lost: that is right of those who come back.
      for (; place < silences.size() && silences.value(place) < days; place++) {
        right--;
      }
      for (; back < silences.sizeBack() && silences.valueBack(back) < days; back++) {
        right += 2;
      }
      if (right > most) {
        most = right;
        best = days;
      }
    }
    return new Threshold(best, silences.size() == 0 ? 0 : most / (double) silences.size());
  }
}
