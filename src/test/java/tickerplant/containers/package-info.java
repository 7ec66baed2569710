/**
 * The same WAR in real containers, each a process of its own: the build unpacks them, a {@link tickerplant.containers.Container}
 * knows how to start one, and every one has to pass the same conversations, page and wire. Called by the integration tests,
 * on their thread.
 */
package tickerplant.containers;
