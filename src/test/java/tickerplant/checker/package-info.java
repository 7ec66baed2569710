/**
 * The checking client: hears what a server says and judges every message by the promises made about the wire. It knows
 * nothing of the server's code, so that no mistake can be on both sides. The mutants prove that each judgement can fail.
 * Called by tests, from any thread.
 */
package tickerplant.checker;
