package tickerplant.service;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import tickerplant.bus.Handover;
import tickerplant.command.AskHistory;
import tickerplant.message.ErrorMessage;
import tickerplant.message.Message;
import tickerplant.message.Reason;
import tickerplant.session.HistoryReader;
import tickerplant.session.Rights;

/** Answers what somebody asks of the past who has no session, and waits for it. Any thread but the market's. */
public final class Historian {
    private static final Duration DEADLINE = Duration.ofSeconds(5);

    private final HistoryReader reader;
    private final Handover<Runnable> marketThread;

    Historian(HistoryReader reader, Handover<Runnable> marketThread) {
        this.reader = reader;
        this.marketThread = marketThread;
    }

    /**
     * The answer, once there is one; an apology where the market thread has no time for the question within five seconds.
     *
     * @param rights of who asks
     * @return what was found, or an {@link ErrorMessage}
     */
    public Message answer(Rights rights, AskHistory asked) {
        FutureTask<Supplier<Message>> taken = new FutureTask<>(
                () -> reader.read(asked.id(), rights, asked.channel(), asked.symbol(), asked.epoch(), asked.range()));
        marketThread.put(taken);
        try {
            return taken.get(DEADLINE.toMillis(), TimeUnit.MILLISECONDS).get();
        } catch (TimeoutException e) {
            return failed(asked, "the server is too busy to look, ask again");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return failed(asked, "the server stops");
        } catch (ExecutionException e) {
            throw new IllegalStateException("history failed: " + asked, e.getCause());
        }
    }

    private static ErrorMessage failed(AskHistory asked, String message) {
        return new ErrorMessage(asked.id(), Reason.INTERNAL, message, "");
    }
}
