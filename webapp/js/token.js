const NAME = 'token';
const SHOWN = /^#token=(.+)$/;

/** Whether an address brings a token behind its `#`, which no server hears of. */
export function bringsToken({ hash }) {
    return SHOWN.test(hash);
}

/**
 * The token that the page shows, undefined where it has none: the one that its address brings, which is taken out of there at
 * once, or the one that was brought before.
 *
 * @param {Storage} storage where it is kept
 */
export function takeToken(location, history, storage) {
    const [, brought] = location.hash.match(SHOWN) ?? [];
    if (brought) {
        storage.write(NAME, decodeURIComponent(brought));
        history.replaceState(null, '', location.pathname + location.search);
    }
    return storage.read(NAME, undefined);
}
