package tickerplant.feed.iex;

import java.util.ArrayList;
import java.util.List;
import tickerplant.feed.FeedSink;
import tickerplant.market.Event;

/** A sink that keeps all it hears. */
public final class Heard implements FeedSink {
    private final List<Event> events = new ArrayList<>();
    private final List<String> damage = new ArrayList<>();

    @Override
    public void event(Event event) {
        events.add(event);
    }

    @Override
    public void damaged(String place, String reason) {
        damage.add(place + ": " + reason);
    }

    public List<Event> events() {
        return events;
    }

    public List<String> damage() {
        return damage;
    }

    public <E extends Event> List<E> events(Class<E> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
