const MIN_MS = 500;
const MAX_MS = 30_000;

/** The wait before attempt 0, 1, 2 …: spread at random up to a bound that doubles, so that clients don't return as one. */
export function backOff(attempt, random) {
    const bound = Math.min(MAX_MS, MIN_MS * 2 ** (attempt + 1));
    return MIN_MS + random() * (bound - MIN_MS);
}

/** Whether a server that closed with this code wants the same client back. */
export function mayReconnect(code) {
    return code < 4500 || code > 4999;
}
