import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { createGzip } from 'node:zlib';

/** When each recording begins: the open in New York, on a day without anything special. */
export const BEGIN = Date.UTC(2026, 0, 2, 14, 30);

/**
 * Writes an invented recording of so many symbols (`T000` and on), seconds and events in a second: two quotes for each
 * trade, the same ones each time. Answers with the time of the last event.
 */
export async function record(file, { symbols, seconds, perSecond }) {
    const random = mulberry(1);
    const zipped = createGzip({ level: 1 });
    const written = once(zipped.pipe(createWriteStream(file)), 'close');
    const names = Array.from({ length: symbols }, (_, i) => `T${String(i).padStart(3, '0')}`);
    const cents = names.map(() => 2_000 + Math.floor(random() * 30_000));
    let text = 'ts,symbol,kind,price,size,side,bid,bid_size,ask,ask_size,name,currency,prev_close\n';
    names.forEach((name, i) => (text += `,${name},instrument,,,,,,,,Test ${i},USD,${(cents[i] / 100).toFixed(2)}\n`));
    let last = BEGIN;
    for (let n = 0; n < seconds * perSecond; n++) {
        const i = Math.floor(random() * symbols);
        last = BEGIN + Math.floor((n * 1_000) / perSecond);
        cents[i] = Math.max(100, cents[i] + Math.floor(random() * 7) - 3);
        const lots = 100 * (1 + Math.floor(random() * 9));
        text +=
            n % 3 === 0
                ? `${last},${names[i]},trade,${(cents[i] / 100).toFixed(2)},${lots},${n % 2 ? 'buy' : 'sell'},,,,,,,\n`
                : `${last},${names[i]},quote,,,,${((cents[i] - 1) / 100).toFixed(2)},${lots},${((cents[i] + 1) / 100).toFixed(2)},${lots},,,\n`;
        if (text.length > 65_536) {
            if (!zipped.write(text)) {
                await once(zipped, 'drain');
            }
            text = '';
        }
    }
    zipped.end(text);
    await written;
    return last;
}

/** Numbers from 0 to 1 that are the same each time (mulberry32). */
function mulberry(seed) {
    let state = seed;
    return () => {
        state = (state + 0x6d2b79f5) | 0;
        let t = Math.imul(state ^ (state >>> 15), 1 | state);
        t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
        return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
    };
}
