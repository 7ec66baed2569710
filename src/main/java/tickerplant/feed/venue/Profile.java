package tickerplant.feed.venue;

import java.net.URI;
import java.time.ZoneId;

/**
 * What is known of a venue before anybody has called it.
 *
 * @param exchange the market its instruments are listed at and its trades come from
 * @param zone whose midnight ends its trading day
 * @param address where to find it
 * @param manners what it can be asked for, and how often
 */
record Profile(String exchange, ZoneId zone, URI address, Manners manners) {}
