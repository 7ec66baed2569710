package tickerplant.market;

/**
 * Trading in an instrument enters a phase.
 *
 * @param symbol the instrument
 * @param phase the phase
 * @param reason why, in the venue's words; may be empty
 * @param ts when, in microseconds since the epoch
 */
public record Status(Symbol symbol, Phase phase, String reason, long ts) implements Event {}
