/**
 * Assembly, life cycle, threads and settings of the service, without a container. The embedded server and the WAR's
 * listener call it, each from the thread that starts and stops the application.
 */
package tickerplant.service;
