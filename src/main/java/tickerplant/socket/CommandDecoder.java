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
    private static final ErrorMessage TOO_LARGE =
            new ErrorMessage(RequestId.NONE, Reason.TOO_LARGE, "the message is longer than limits.message_bytes", "");

    @Override
    public Command decode(String text) {
        int limit = Gateway.current().map(Gateway::messageBytes).orElse(Integer.MAX_VALUE);
        return utf8Length(text) <= limit ? READER.read(text) : new Refused(TOO_LARGE);
    }

    /** Containers count characters or bytes; the limit counts bytes. */
    private static int utf8Length(String text) {
        int length = text.length();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                // each half of a surrogate pair counts for two of the four bytes
                length += c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
            }
        }
        return length;
    }

    @Override
    public boolean willDecode(String text) {
        return true;
    }
}
