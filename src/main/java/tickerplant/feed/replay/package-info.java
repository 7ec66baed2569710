/**
 * Recorded feeds: files that are played again at their own pace, faster, or as fast as they are taken. Owns the pacing,
 * the laps of a loop, and the choice of form by content. Everything runs on the feed's thread.
 */
package tickerplant.feed.replay;
