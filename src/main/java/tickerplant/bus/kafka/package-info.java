/**
 * The log on Apache Kafka, for many machines with one market: the topic of ticks is the log, each of its partitions a lane; a
 * compacted topic holds what the entries came to. Nobody but the service, which is told to, knows this package, so without Kafka not
 * one class of it is loaded.
 */
package tickerplant.bus.kafka;
