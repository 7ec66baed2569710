package tickerplant.http;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;

/** One meter, with a number for each set of labels. For one thread at a time. */
final class Points {
    private final CounterSnapshot.Builder counters = CounterSnapshot.builder();
    private final GaugeSnapshot.Builder gauges = GaugeSnapshot.builder();
    private final boolean rising;

    private Points(boolean rising) {
        this.rising = rising;
    }

    /**
     * A meter that only rises.
     *
     * @param name without the {@code _total} that it ends with on the wire
     */
    static Points counters(String name, String help) {
        Points points = new Points(true);
        points.counters.name(name).help(help);
        return points;
    }

    /** A meter that goes up and down. */
    static Points gauges(String name, String help) {
        Points points = new Points(false);
        points.gauges.name(name).help(help);
        return points;
    }

    /**
     * Adds a count.
     *
     * @param labels names and values in turn
     */
    Points at(long count, String... labels) {
        return at((double) count, labels);
    }

    /**
     * Adds a number.
     *
     * @param labels names and values in turn
     */
    Points at(double value, String... labels) {
        Labels of = Labels.of(labels);
        if (rising) {
            counters.dataPoint(
                    CounterDataPointSnapshot.builder().value(value).labels(of).build());
        } else {
            gauges.dataPoint(
                    GaugeDataPointSnapshot.builder().value(value).labels(of).build());
        }
        return this;
    }

    MetricSnapshot snapshot() {
        return rising ? counters.build() : gauges.build();
    }
}
