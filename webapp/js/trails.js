/** Points of a trail, and what each stands for at first; a full trail is thinned to half, and goes on twice as coarse. */
const POINTS = 60;
const STEP_MS = 2_000;

/**
 * The way of each symbol's last price since the page was opened, thinned so that it stays short however long that is.
 */
export class Trails {
    #trails = new Map();
    #clock;

    constructor(market, clock) {
        this.#clock = clock;
        market.addEventListener('rows', ({ detail: symbols }) => {
            const now = clock.now();
            for (const symbol of symbols) {
                const last = market.row(symbol)?.last;
                if (last !== undefined) {
                    this.#take(symbol, last, now);
                }
            }
        });
    }

    /** Prices from the oldest to the newest; at least one once there was a price. */
    of(symbol) {
        return this.#trails.get(symbol)?.prices ?? [];
    }

    #take(symbol, price, now) {
        let trail = this.#trails.get(symbol);
        if (!trail) {
            trail = { prices: [price], since: now, step: STEP_MS };
            this.#trails.set(symbol, trail);
            return;
        }
        if (now - trail.since < trail.step) {
            trail.prices[trail.prices.length - 1] = price;
            return;
        }
        trail.since = now;
        trail.prices.push(price);
        if (trail.prices.length > POINTS) {
            trail.prices = trail.prices.filter((_, i) => i % 2 === 0);
            trail.step *= 2;
        }
    }
}

/** A trail as the path of an SVG of so many units; empty where there is nothing to draw. */
export function trailPath(prices, width, height) {
    if (prices.length < 2) {
        return '';
    }
    const low = Math.min(...prices);
    const span = Math.max(...prices) - low || 1;
    const step = width / (prices.length - 1);
    return prices
        .map((price, i) => `${i === 0 ? 'M' : 'L'}${(i * step).toFixed(1)} ${(height - ((price - low) / span) * height).toFixed(1)}`)
        .join('');
}
