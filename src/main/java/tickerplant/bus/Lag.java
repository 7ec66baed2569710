package tickerplant.bus;

/**
 * How far behind a follower is in a lane.
 *
 * @param entries how many entries are in the lane that it hasn't heard
 * @param ageMillis milliseconds since the newest entry that it has heard was written; -1 where it has heard none
 */
public record Lag(long entries, long ageMillis) {}
