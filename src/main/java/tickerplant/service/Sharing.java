package tickerplant.service;

import java.util.List;
import java.util.Optional;

/** Whether the log is shared with other nodes. */
final class Sharing {
    private Sharing() {}

    /**
     * The brokers of Kafka that has the log; empty where it is in this process.
     *
     * @throws SettingsException where something is given that goes only without them, or only with them
     */
    static Optional<String> brokers(Settings settings) {
        Role role = settings.role();
        if (!settings.isGiven(Setting.KAFKA)) {
            if (role != Role.BOTH) {
                throw settings.refused(Setting.ROLE, "both, or kafka as well", null);
            }
            return Optional.empty();
        }
        if (settings.data().isPresent()) {
            throw settings.refused(Setting.DATA, "none with kafka, which remembers instead", null);
        }
        if (role == Role.GATEWAY
                && settings.isGiven(Setting.FEED)
                && !settings.all(Setting.FEED).equals(List.of("none"))) {
            throw settings.refused(Setting.FEED, "none with role=gateway", null);
        }
        return Optional.of(settings.one(Setting.KAFKA));
    }
}
