/**
 * The vocabulary of the market and its state: what a symbol, a trade, a quote is, which sequence an event takes, and
 * what two updates merge into. Called by everybody; state is owned by the market thread.
 */
package tickerplant.market;
