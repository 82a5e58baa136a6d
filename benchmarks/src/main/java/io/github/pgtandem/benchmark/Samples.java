package io.github.pgtandem.benchmark;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Values of several variants, one of each in a round. */
final class Samples {

    private final Map<String, List<Double>> values = new LinkedHashMap<>();

    void add(String variant, double value) {
        values.computeIfAbsent(variant, key -> new ArrayList<>()).add(value);
    }

    boolean has(String variant) {
        return values.containsKey(variant);
    }

    double median(String variant) {
        return median(values.getOrDefault(variant, List.of()));
    }

    double max(String variant) {
        return Collections.max(values.get(variant));
    }

    /** The median of the rounds' ratios, so that what slows a whole round down does not count. */
    double ratio(String variant, String base) {
        List<Double> of = values.getOrDefault(variant, List.of());
        List<Double> to = values.getOrDefault(base, List.of());
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < Math.min(of.size(), to.size()); i++) {
            ratios.add(of.get(i) / to.get(i));
        }
        return median(ratios);
    }

    /** The median of the rounds' differences, for the same reason. */
    double added(String variant, String base) {
        List<Double> of = values.getOrDefault(variant, List.of());
        List<Double> to = values.getOrDefault(base, List.of());
        List<Double> differences = new ArrayList<>();
        for (int i = 0; i < Math.min(of.size(), to.size()); i++) {
            differences.add(of.get(i) - to.get(i));
        }
        return median(differences);
    }

    static double median(List<Double> values) {
        return quantile(values, 0.5);
    }

    /** NaN for none. */
    static double quantile(List<Double> values, double quantile) {
        if (values.isEmpty()) {
            return Double.NaN;
        }
        List<Double> sorted = values.stream().sorted().toList();
        double at = quantile * (sorted.size() - 1);
        int below = (int) Math.floor(at);
        int above = (int) Math.ceil(at);
        return sorted.get(below) + (at - below) * (sorted.get(above) - sorted.get(below));
    }
}
