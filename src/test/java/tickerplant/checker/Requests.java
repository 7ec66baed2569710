package tickerplant.checker;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The requests that await their reply, and the rule that each gets exactly one, in time. */
final class Requests {
    private static final Map<String, String> REPLIES = Map.ofEntries(
            Map.entry("subscribe", "subscribed"),
            Map.entry("unsubscribe", "unsubscribed"),
            Map.entry("subscriptions", "subscriptions"),
            Map.entry("configure", "configured"),
            Map.entry("ping", "pong"),
            Map.entry("auth", "authenticated"),
            Map.entry("symbols", "symbols"),
            Map.entry("history", "history"),
            Map.entry("alert", "alert_set"),
            Map.entry("unalert", "alert_removed"),
            Map.entry("publish", "accepted"));

    private static final int LONGEST_ID = 64;

    private final long allowed;
    private final Complaints complaints;
    private final List<Request> outstanding = new ArrayList<>();

    /**
     * One request.
     *
     * @param id as the reply must echo it; empty where there is none to echo
     * @param type what it asks; empty where that can't be told
     * @param members what it says
     * @param nanos when it was said, or when the server's answer could first be heard again
     * @param readable whether it is well formed; the error that answers another one may or may not name the id
     */
    record Request(Optional<String> id, String type, Map<String, Object> members, long nanos, boolean readable) {
        boolean isAnsweredBy(String reply) {
            return reply.equals("error") || reply.equals(REPLIES.get(type));
        }

        private Request at(long later) {
            return new Request(id, type, members, Math.max(nanos, later), readable);
        }
    }

    /** Requests of which each is to be answered within so many nanoseconds. */
    Requests(long allowed, Complaints complaints) {
        this.allowed = allowed;
        this.complaints = complaints;
    }

    /** Whether messages of this type answer requests, and never come by themselves. */
    static boolean isReply(String type) {
        return type.equals("error") || REPLIES.containsValue(type);
    }

    void said(long nanos, String text) {
        Map<String, Object> members;
        boolean readable;
        try {
            members = Json.read(text).members();
            // Only the id of a request with duplicate keys is in doubt; numbers need not be canonical here.
            readable = Json.read(text).faults().stream().noneMatch(fault -> fault.endsWith("twice"));
        } catch (IllegalArgumentException e) {
            // A test says what it likes; the server is to answer with an error.
            members = Map.of();
            readable = false;
        }
        outstanding.add(new Request(id(members.get("id")), type(members), members, nanos, readable));
    }

    /** Finds the request that a message answers, if any. */
    Optional<Request> answered(Message reply) {
        Optional<String> id = id(reply.members().get("id"));
        Optional<Request> found = take(request ->
                        request.id().equals(id) && request.readable() && request.isAnsweredBy(reply.type()))
                .or(() -> reply.type().equals("error") ? take(request -> !request.readable()) : Optional.empty())
                .or(() -> id.isEmpty()
                        ? Optional.empty()
                        : take(request -> {
                            boolean named = request.id().equals(id);
                            if (named) {
                                complaints.complain(Assertion.ONE_REPLY, reply.type() + " answers a " + request.type());
                            }
                            return named;
                        }));
        if (found.isEmpty() && !comesUnasked(reply)) {
            complaints.complain(
                    Assertion.ONE_REPLY,
                    reply.type() + id.map(i -> " with id " + i).orElse(" without id") + " answers no open request");
        }
        found.ifPresent(request -> {
            if (reply.nanos() - request.nanos() > allowed) {
                complaints.complain(Assertion.ONE_REPLY, Violation.LATE + (reply.nanos() - request.nanos()) + " ns");
            }
        });
        return found;
    }

    /** Whether an open request would cover the key, so that its rows come too early rather than unasked. */
    boolean isAskedFor(Key key) {
        return outstanding.stream()
                .filter(request -> request.type().equals("subscribe"))
                .flatMap(request -> Entries.named(request.members()).stream())
                .anyMatch(entry -> entry.covers(key));
    }

    /** Complains about what has waited too long by now. */
    void overdue(long nanos) {
        for (Request request : outstanding) {
            if (nanos - request.nanos() > allowed) {
                complaints.complain(
                        Assertion.ONE_REPLY, Violation.LATE + "no reply to " + Json.write(request.members()));
            }
        }
        outstanding.removeIf(request -> nanos - request.nanos() > allowed);
    }

    /** The client did not listen until now: no reply could reach it. */
    void heardNothingUntil(long nanos) {
        outstanding.replaceAll(request -> request.at(nanos));
    }

    /** The type of a request, whatever it is spelled. */
    static String type(Map<String, Object> members) {
        for (String name : List.of("type", "action", "method", "op")) {
            if (members.containsKey(name)) {
                return members.get(name) instanceof String s ? s : "";
            }
        }
        return "";
    }

    private Optional<Request> take(Predicate<Request> wanted) {
        Optional<Request> found = outstanding.stream().filter(wanted).findFirst();
        found.ifPresent(outstanding::remove);
        return found;
    }

    private static boolean comesUnasked(Message reply) {
        Object reason = reply.members().get("reason");
        return reply.type().equals("error")
                && ("auth_required".equals(reason) || "auth_failed".equals(reason) || "internal".equals(reason));
    }

    private static Optional<String> id(Object id) {
        if (id instanceof String s && s.length() <= LONGEST_ID) {
            return Optional.of('"' + s + '"');
        }
        // The precision bounds what is written out: 1e999999999 is no id.
        if (id instanceof BigDecimal n && n.scale() <= 0 && n.precision() - (long) n.scale() <= LONGEST_ID) {
            return Optional.of(n.toPlainString());
        }
        return Optional.empty();
    }
}
