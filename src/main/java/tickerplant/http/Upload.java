package tickerplant.http;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import tickerplant.codec.CommandReader;
import tickerplant.command.Command;
import tickerplant.command.Publish;
import tickerplant.command.Refused;
import tickerplant.feed.text.LineReader;
import tickerplant.feed.text.Rejection;
import tickerplant.feed.text.Submitted;
import tickerplant.message.Accepted;
import tickerplant.message.ErrorMessage;
import tickerplant.message.Message;
import tickerplant.message.Reason;
import tickerplant.message.RequestId;
import tickerplant.service.Publisher;

/**
 * The body of one request. NDJSON is read only as fast as it is accepted, in messages of {@value #LINES} lines, so that a body of
 * any length takes little memory. One thread.
 */
final class Upload {
    /** How many lines of NDJSON make a message. */
    static final int LINES = 500;

    private static final int MOST_REJECTIONS = 1_000;
    private static final long DEADLINE_SECONDS = 30;
    private static final CommandReader READER = CommandReader.ofPublishers();

    private final Publisher publisher;
    private final int messageBytes;
    private final List<Rejection> rejected = new ArrayList<>();
    private long count;
    private long duplicates;
    private long rejections;

    Upload(Publisher publisher, int messageBytes) {
        this.publisher = publisher;
        this.messageBytes = messageBytes;
    }

    Message take(HttpServletRequest request, boolean lines) throws IOException, InterruptedException {
        InputStream body = request.getInputStream();
        if (!lines) {
            byte[] text = body.readNBytes(messageBytes + 1);
            if (text.length > messageBytes) {
                return new ErrorMessage(
                        RequestId.NONE,
                        Reason.TOO_LARGE,
                        "the message is longer than " + messageBytes
                                + " bytes; more can be sent as lines, with the content type application/x-ndjson",
                        "");
            }
            return message(new String(text, StandardCharsets.UTF_8));
        }
        String name = parameter(request, "publisher").orElse("");
        Optional<String> number = parameter(request, "pseq");
        if (name.isEmpty() != number.isEmpty()) {
            return field("publisher", "given together with pseq, or neither of them");
        }
        if (name.length() > Publish.MAX_PUBLISHER || name.chars().anyMatch(Character::isISOControl)) {
            return field("publisher", "a name of 1 to " + Publish.MAX_PUBLISHER + " printable characters");
        }
        long pseq = 0;
        if (number.isPresent()) {
            if (!number.get().matches("[1-9][0-9]{0,17}")) {
                return field("pseq", "a whole number from 1 on");
            }
            pseq = Long.parseLong(number.get());
        }
        return lines(body, name, pseq);
    }

    private static ErrorMessage field(String field, String expected) {
        return ErrorMessage.field(RequestId.NONE, field, expected);
    }

    private Message message(String text) throws InterruptedException {
        Command command = READER.read(text);
        if (command instanceof Publish publish) {
            return publish(publish);
        }
        return command instanceof Refused refused
                ? refused.complaint()
                : new ErrorMessage(command.id(), Reason.UNKNOWN_TYPE, "expected a message of the type publish", "type");
    }

    private Message lines(InputStream body, String name, long first) throws IOException, InterruptedException {
        long pseq = first;
        List<Submitted> events = new ArrayList<>();
        try (LineReader lines = new LineReader(body)) {
            boolean more = lines.next();
            while (more) {
                if (lines.tooLong() || !lines.text().isBlank()) {
                    events.add(Submitted.line(lines));
                }
                more = lines.next();
                if (events.size() == LINES || (!more && !events.isEmpty())) {
                    Message answer = publish(new Publish(RequestId.NONE, name, pseq, events));
                    if (!(answer instanceof Accepted accepted)) {
                        return answer;
                    }
                    add(accepted);
                    pseq += name.isEmpty() ? 0 : 1;
                    events.clear();
                }
            }
        }
        return new Accepted(
                RequestId.NONE,
                count,
                duplicates,
                rejected,
                rejections,
                name.isEmpty() ? OptionalLong.empty() : OptionalLong.of(pseq));
    }

    private void add(Accepted accepted) {
        int before = (int) Math.min(Integer.MAX_VALUE - LINES, count + duplicates + rejections);
        for (Rejection rejection : accepted.rejected()) {
            if (rejected.size() < MOST_REJECTIONS) {
                rejected.add(new Rejection(
                        before + rejection.index(), rejection.why(), rejection.field(), rejection.message()));
            }
        }
        count += accepted.count();
        duplicates += accepted.duplicates();
        rejections += accepted.rejections();
    }

    /** Sends a message as soon as there is room for it, and waits for the answer. */
    private Message publish(Publish message) throws InterruptedException {
        CompletableFuture<Message> answer = new CompletableFuture<>();
        Optional<ErrorMessage> refusal =
                publisher.publish(message, answer::complete, TimeUnit.SECONDS.toMillis(DEADLINE_SECONDS));
        if (refusal.isPresent()) {
            return refusal.get();
        }
        try {
            return answer.get(DEADLINE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            return new ErrorMessage(message.id(), Reason.INTERNAL, "the server is too busy, send it again", "");
        } catch (ExecutionException e) {
            throw new IllegalStateException("an answer never fails", e);
        }
    }

    /** From the query alone: to ask the container would make it read the body. */
    private static Optional<String> parameter(HttpServletRequest request, String name) {
        String query = request.getQueryString() == null ? "" : request.getQueryString();
        return Stream.of(query.split("&", -1))
                .filter(part -> part.startsWith(name + "="))
                .map(part -> decoded(part.substring(name.length() + 1)))
                .findFirst();
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text; // as it stands, which no check accepts that others would not
        }
    }
}
