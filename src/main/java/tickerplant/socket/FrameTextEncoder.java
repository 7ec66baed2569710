package tickerplant.socket;

import jakarta.websocket.Encoder;
import tickerplant.message.Frame;

/** Hands a frame, which is encoded already, to the container as the text that its interface wants. Stateless. */
public final class FrameTextEncoder implements Encoder.Text<Frame> {
    @Override
    public String encode(Frame frame) {
        return frame.text();
    }
}
