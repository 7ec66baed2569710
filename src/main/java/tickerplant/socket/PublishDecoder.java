package tickerplant.socket;

import jakarta.websocket.Decoder;
import tickerplant.codec.CommandReader;
import tickerplant.command.Command;

/** Makes a command of every text of a publisher: what makes no sense becomes one that answers so. Stateless. */
public final class PublishDecoder implements Decoder.Text<Command> {
    private static final CommandReader READER = CommandReader.ofPublishers();

    @Override
    public Command decode(String text) {
        return CommandDecoder.bounded(text, READER);
    }

    @Override
    public boolean willDecode(String text) {
        return true;
    }
}
