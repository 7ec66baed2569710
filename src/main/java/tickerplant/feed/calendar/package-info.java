/**
 * The phases of a market that no feed tells of, by a calendar of its own: which hours, which holidays. A calendar is read from
 * a file once; a thread of its own tells the log of each change when it is due.
 */
package tickerplant.feed.calendar;
