package tickerplant.checker;

import java.util.List;

/** Spoils what a server says, as a faulty server would, so that a checker can be seen to notice. Has state. */
public interface Mutant {
    /** What the client is to hear instead of the message. */
    List<String> apply(String message);

    /** The code that the client is to see instead of this one. */
    default int closeCode(int code) {
        return code;
    }
}
