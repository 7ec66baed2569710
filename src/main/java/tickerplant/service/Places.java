package tickerplant.service;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** How many clients are connected, in all and from each address, and whether there is room for one more. Any thread. */
final class Places {
    private final int most;
    private final int mostOfAddress;
    private final Map<String, Integer> byAddress = new HashMap<>();
    private int taken;

    /** Room for one client; to be left once, and leaving again changes nothing. */
    final class Place {
        private final String address;
        private boolean left;

        private Place(String address) {
            this.address = address;
        }

        void leave() {
            synchronized (Places.this) {
                if (!left) {
                    left = true;
                    taken--;
                    byAddress.computeIfPresent(address, (key, count) -> count == 1 ? null : count - 1);
                }
            }
        }
    }

    Places(int most, int mostOfAddress) {
        this.most = most;
        this.mostOfAddress = mostOfAddress;
    }

    /**
     * A place, where there is one.
     *
     * @param address where the client is; empty where that is not known, which is no reason to refuse it
     */
    synchronized Optional<Place> take(String address) {
        if (taken >= most || byAddress.getOrDefault(address, 0) >= mostOfAddress) {
            return Optional.empty();
        }
        taken++;
        if (!address.isEmpty()) {
            byAddress.merge(address, 1, Integer::sum);
        }
        return Optional.of(new Place(address));
    }

    /** How many are taken. */
    synchronized int taken() {
        return taken;
    }
}
