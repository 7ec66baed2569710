/**
 * What goes wrong in networks and processes, made to go wrong: a proxy that spoils connections, and the runnable WAR stopped,
 * killed and starved. Other tests use the proxy. The long ones are tagged {@code faults} and run in the profile of that name.
 */
package tickerplant.faults;
