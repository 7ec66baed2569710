package tickerplant.socket;

import java.util.Optional;
import tickerplant.message.CloseCode;
import tickerplant.service.Grant;
import tickerplant.service.Obstacle;

/**
 * What was decided about an upgrade request, noted until its endpoint opens.
 *
 * @param connection the id of the connection below; empty where the container tells none
 * @param address where the client is, as the container tells; empty where it doesn't
 * @param grant what the token stands for that came with it, where one did and one is asked for
 * @param refusal why the connection is to be closed at once, where it is
 * @param local whether it is known to come from a program on this machine, and neither through a proxy nor from a page
 */
record Handshake(String connection, String address, Optional<Grant> grant, Optional<Refusal> refusal, boolean local) {
    /**
     * Why not.
     *
     * @param code for programs
     * @param reason for people; it tells no more than the code
     * @param obstacle for logs and meters
     */
    record Refusal(CloseCode code, String reason, Obstacle obstacle) {}

    static final Refusal NOT_READY = new Refusal(CloseCode.OVER_CAPACITY, "not ready", Obstacle.NOT_READY);
    static final Refusal FORBIDDEN = new Refusal(CloseCode.FORBIDDEN, "this origin is not allowed", Obstacle.ORIGIN);
    static final Refusal NO_PUBLISHER = new Refusal(
            CloseCode.FORBIDDEN,
            "without authentication, only programs on this machine may publish",
            Obstacle.PUBLISHER);
    static final Refusal BAD_TOKEN =
            new Refusal(CloseCode.AUTHENTICATION_FAILED, "authentication failed", Obstacle.TOKEN);
    static final Refusal NO_KEYS = new Refusal(CloseCode.OVER_CAPACITY, "no token can be judged now", Obstacle.KEYS);

    static Handshake admitted(String connection, String address, Optional<Grant> grant, boolean local) {
        return new Handshake(connection, address, grant, Optional.empty(), local);
    }

    static Handshake refused(Refusal refusal) {
        return new Handshake("", "", Optional.empty(), Optional.of(refusal), false);
    }
}
