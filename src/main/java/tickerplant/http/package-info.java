/**
 * What is answered over HTTP: the page, and what programs ask. Thin servlets that hand over to the service; the container
 * calls them on its own threads. They are registered by {@link tickerplant.http.Servlets}, in any container alike.
 */
package tickerplant.http;
