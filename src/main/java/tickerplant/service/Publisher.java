package tickerplant.service;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import tickerplant.command.Publish;
import tickerplant.feed.published.Outcome;
import tickerplant.feed.published.Publication;
import tickerplant.feed.published.PublishedFeed;
import tickerplant.market.Symbol;
import tickerplant.message.Accepted;
import tickerplant.message.ErrorMessage;
import tickerplant.message.Message;
import tickerplant.message.OutOfTurn;
import tickerplant.message.Reason;
import tickerplant.message.RequestId;
import tickerplant.session.Rights;

/** One connection, or one request over HTTP, that publishes. One thread at a time; answers come on any. */
public final class Publisher {
    /** The scope that a token needs. */
    public static final String SCOPE = "feed";

    /** How many messages of one connection may wait for their answers. */
    public static final int MOST_IN_FLIGHT = 32;

    private final PublishedFeed feed;
    private final Rights universe;
    private final Role role;
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicReference<Runnable> leaving = new AtomicReference<>(() -> {});
    private Rights rights;
    private String subject = "";

    Publisher(PublishedFeed feed, Rights universe, Rights rights, Role role) {
        this.role = role;
        this.feed = feed;
        this.universe = universe;
        this.rights = rights;
    }

    /** It is one of those that are connected. */
    void joins(AtomicInteger connected) {
        connected.incrementAndGet();
        leaving.set(connected::decrementAndGet);
    }

    /** It is connected no more; any thread, and more than once does no harm. */
    void left() {
        leaving.getAndSet(() -> {}).run();
    }

    /** A token was accepted, and counts from now on. */
    void granted(Grant grant) {
        rights = grant.rights();
        subject = grant.subject();
    }

    /** Why nothing may be published; empty where something may. */
    public Optional<ErrorMessage> refusal(RequestId id) {
        if (!role.feeds()) {
            return Optional.of(new ErrorMessage(
                    id, Reason.FORBIDDEN, "this node only serves clients, publish to one with feeds", ""));
        }
        return rights.allows(SCOPE)
                ? Optional.empty()
                : Optional.of(
                        new ErrorMessage(id, Reason.FORBIDDEN, "publishing needs a token with the scope " + SCOPE, ""));
    }

    /**
     * Takes a message without waiting.
     *
     * @param answer hears what became of it, in the order of messages, and must not wait
     * @return why it was not taken, and then nobody hears anything; empty where it was
     */
    public Optional<ErrorMessage> publish(Publish message, Consumer<Message> answer) {
        Optional<ErrorMessage> refusal = begin(message);
        if (refusal.isPresent()) {
            return refusal;
        }
        return feed.offer(publication(message, answer)) ? Optional.empty() : crowded(message);
    }

    /** The same, but waits for room among all that is published, so many milliseconds at most. */
    public Optional<ErrorMessage> publish(Publish message, Consumer<Message> answer, long patienceMillis)
            throws InterruptedException {
        Optional<ErrorMessage> refusal = begin(message);
        if (refusal.isPresent()) {
            return refusal;
        }
        return feed.offer(publication(message, answer), patienceMillis) ? Optional.empty() : crowded(message);
    }

    private Optional<ErrorMessage> begin(Publish message) {
        Optional<ErrorMessage> refusal = refusal(message.id());
        if (refusal.isEmpty() && inFlight.incrementAndGet() > MOST_IN_FLIGHT) {
            inFlight.decrementAndGet();
            return Optional.of(busy(
                    message.id(),
                    "at most " + MOST_IN_FLIGHT + " messages may wait for their answers, this was one more"));
        }
        return refusal;
    }

    private Publication publication(Publish message, Consumer<Message> answer) {
        Rights sender = rights;
        return new Publication(
                key(message.publisher()),
                message.pseq(),
                message.events(),
                symbol -> isAllowed(sender, symbol),
                outcome -> {
                    inFlight.decrementAndGet();
                    answer.accept(answer(message.id(), outcome));
                });
    }

    private Optional<ErrorMessage> crowded(Publish message) {
        inFlight.decrementAndGet();
        return Optional.of(busy(message.id(), "too much is being published, send it again"));
    }

    private static ErrorMessage busy(RequestId id, String message) {
        return new ErrorMessage(id, Reason.RATE_LIMITED, message, "");
    }

    /** Nobody can speak under the name that somebody else's token has given itself. */
    private String key(String publisher) {
        return publisher.isEmpty() || subject.isEmpty() ? publisher : subject + "\n" + publisher;
    }

    private boolean isAllowed(Rights sender, Symbol symbol) {
        return sender.covers(symbol) && universe.covers(symbol);
    }

    private static Message answer(RequestId id, Outcome outcome) {
        if (outcome instanceof Outcome.Accepted accepted) {
            return new Accepted(
                    id,
                    accepted.count(),
                    accepted.duplicates(),
                    accepted.rejected(),
                    accepted.rejected().size(),
                    OptionalLong.empty());
        }
        if (outcome instanceof Outcome.Skipped skipped) {
            return new OutOfTurn(id, skipped.expected());
        }
        if (outcome instanceof Outcome.Crowded crowded) {
            return new ErrorMessage(
                    id, Reason.FORBIDDEN, crowded.most() + " publishers are known, and no more are", "publisher");
        }
        return new ErrorMessage(id, Reason.INTERNAL, ((Outcome.Failed) outcome).reason(), "");
    }
}
