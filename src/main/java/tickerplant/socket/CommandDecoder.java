package tickerplant.socket;

import jakarta.websocket.Decoder;
import tickerplant.codec.CommandReader;
import tickerplant.command.Command;
import tickerplant.command.Refused;
import tickerplant.message.ErrorMessage;
import tickerplant.message.Reason;
import tickerplant.message.RequestId;

/** Makes a command of every text: what makes no sense becomes one that answers so. Stateless. */
public final class CommandDecoder implements Decoder.Text<Command> {
    private static final CommandReader READER = new CommandReader();
    static final Command TOO_LONG = new Refused(
            new ErrorMessage(RequestId.NONE, Reason.TOO_LARGE, "the message is longer than limits.message_bytes", ""));

    @Override
    public Command decode(String text) {
        return bounded(text, READER);
    }

    static Command bounded(String text, CommandReader reader) {
        int limit = Gateway.current().map(Gateway::messageBytes).orElse(Integer.MAX_VALUE);
        return Utf8.length(text) <= limit ? reader.read(text) : TOO_LONG;
    }

    @Override
    public boolean willDecode(String text) {
        return true;
    }
}
