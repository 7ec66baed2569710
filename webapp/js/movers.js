const MOST = 5;

/**
 * What moves most: the symbols with the largest gains, losses and turnover in shares, of all that traded.
 *
 * @param {Iterable<string>} symbols
 * @param {function(string): object} rowOf the row of a symbol
 * @returns {{gainers: object[], losers: object[], active: object[], up: number, down: number}} rows, the first first
 */
export function movers(symbols, rowOf, most = MOST) {
    const rows = [...symbols].map(rowOf).filter((row) => row !== undefined);
    const moved = rows.filter(({ change_pct: pct }) => pct !== undefined);
    const gains = moved.filter(({ change_pct: pct }) => pct > 0);
    const losses = moved.filter(({ change_pct: pct }) => pct < 0);
    return {
        gainers: first(gains, (row) => -row.change_pct, most),
        losers: first(losses, (row) => row.change_pct, most),
        active: first(rows.filter(({ volume }) => volume > 0), (row) => -row.volume, most),
        up: gains.length,
        down: losses.length,
    };
}

function first(rows, rank, most) {
    return rows.sort((a, b) => rank(a) - rank(b) || (a.symbol < b.symbol ? -1 : 1)).slice(0, most);
}
