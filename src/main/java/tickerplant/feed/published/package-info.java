/**
 * What publishers send into the service, as a feed like any other. Owns the turn of each publisher's messages and which of them are
 * repeated. Container threads hand messages in; the feed's own thread judges them and tells their events.
 */
package tickerplant.feed.published;
