package dev.lifesign.domain.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Numbers from publications and other software; each row names its source. */
class ModelCasesTest {

  @ParameterizedTest(name = "{0} {1} {2}")
  @CsvFileSource(resources = "/model-cases.csv", numLinesToSkip = 1)
  void agreesWithTheSource(
      String id,
      String model,
      String function,
      String parameters,
      String inputs,
      String expected,
      double tolerance) {
    Map<String, double[]> p = numbers(parameters);
    Map<String, double[]> in = numbers(inputs);
    double[] numbers = list(expected);
    for (int i = 0; i < numbers.length; i++) {
      assertThat(value(function, p, in, i)).isCloseTo(numbers[i], within(tolerance));
    }
  }

  private static double value(
      String function, Map<String, double[]> p, Map<String, double[]> in, int i) {
    return switch (function) {
      case "log-likelihood" -> purchases(p).logLikelihood(known(in, i));
      case "alive" -> purchases(p).alive(known(in, i));
      case "expected" -> purchases(p).expected(at(in, "t", i), known(in, i));
      case "expected-of-new" -> purchases(p).expected(at(in, "t", i));
      case "probability-of" -> purchases(p).probabilityOf((int) at(in, "x", i), at(in, "t", i));
      case "spend" -> spend(p).expected((long) at(in, "x", i), at(in, "mean", i));
      case "spend-of-new" -> spend(p).expected();
      case "lifetime-value" ->
          new LifetimeValue(at(in, "step", i), (int) at(in, "steps", i), at(in, "discount", i))
              .of(
                  purchases(p),
                  known(in, i),
                  in.containsKey("spend")
                      ? at(in, "spend", i)
                      : spend(p).expected((long) at(in, "x", i), at(in, "mean", i)));
      default -> throw new AssertionError("No such function: " + function);
    };
  }

  private static PurchaseModel purchases(Map<String, double[]> p) {
    return new PurchaseModel(
        PurchaseModel.Family.BG_NBD,
        at(p, "r", 0),
        at(p, "alpha", 0),
        at(p, "a", 0),
        at(p, "b", 0));
  }

  private static SpendModel spend(Map<String, double[]> p) {
    return new SpendModel(at(p, "p", 0), at(p, "q", 0), at(p, "v", 0));
  }

  private static Purchases known(Map<String, double[]> in, int i) {
    double x = at(in, "x", i);
    return new Purchases((long) x, x == 0 ? 0 : at(in, "t_x", i), at(in, "T", i));
  }

  private static double at(Map<String, double[]> numbers, String name, int i) {
    double[] list = numbers.get(name);
    return list[Math.min(i, list.length - 1)];
  }

  private static Map<String, double[]> numbers(String text) {
    Map<String, double[]> numbers = new HashMap<>();
    if (text != null) {
      for (String pair : text.split(" ", -1)) {
        numbers.put(
            pair.substring(0, pair.indexOf('=')), list(pair.substring(pair.indexOf('=') + 1)));
      }
    }
    return numbers;
  }

  private static double[] list(String text) {
    return Stream.of(text.split("\\|", -1)).mapToDouble(Double::parseDouble).toArray();
  }
}
