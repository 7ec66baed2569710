package tickerplant.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What goes together where nodes share a log, and what doesn't. */
class SharingTest {
    private static Settings settings(Map<Setting, String> given) {
        Map<Setting, List<String>> all = new HashMap<>();
        given.forEach((setting, value) -> all.put(setting, List.of(value)));
        return Settings.of(all);
    }

    private static void assertRefused(String begin, Map<Setting, String> given) {
        SettingsException refused =
                assertThrows(SettingsException.class, () -> Sharing.brokers(settings(given)), given.toString());
        assertTrue(refused.getMessage().startsWith(begin), refused.getMessage());
    }

    @Test
    void withoutBrokersTheLogIsInTheProcess() {
        assertEquals(Optional.empty(), Sharing.brokers(Settings.defaults()));
    }

    @Test
    void withBrokersItIsThere() {
        assertEquals(
                Optional.of("one:9092,two:9092"),
                Sharing.brokers(settings(Map.of(Setting.KAFKA, "one:9092,two:9092", Setting.ROLE, "gateway"))));
    }

    @Test
    void whatIsNoListOfBrokersIsRefused() {
        assertThrows(SettingsException.class, () -> settings(Map.of(Setting.KAFKA, "broker")));
        assertThrows(SettingsException.class, () -> settings(Map.of(Setting.KAFKA, "broker:9092,")));
        assertThrows(SettingsException.class, () -> settings(Map.of(Setting.KAFKA_PREFIX, "a b")));
    }

    @Test
    void whatDoesNotGoTogetherIsRefused() {
        assertRefused("role=gateway", Map.of(Setting.ROLE, "gateway"));
        assertRefused("data=folder", Map.of(Setting.KAFKA, "one:9092", Setting.DATA, "folder"));
        assertRefused(
                "feed=simulated",
                Map.of(Setting.KAFKA, "one:9092", Setting.ROLE, "gateway", Setting.FEED, "simulated"));
    }
}
