/**
 * The annotated WebSocket endpoints with their encoders, decoders and configurators: thin, and the same in every container.
 * Called by the container's threads; nothing here waits, and no exception leaves a handler.
 */
package tickerplant.socket;
