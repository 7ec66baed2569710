/**
 * Where events come from. Each kind of feed lives in a subpackage behind {@link tickerplant.feed.Feed} and runs on a
 * thread of its own, which {@link tickerplant.feed.FeedRunner} starts, watches and stops.
 */
package tickerplant.feed;
