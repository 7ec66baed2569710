import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Bars } from '../../../webapp/js/bars.js';

const example = (name) => JSON.parse(readFileSync(new URL(`../resources/protocol/${name}.json`, import.meta.url), 'utf8'));
const told = () => new Promise((done) => setImmediate(done));

/** What the bars need of a client; `history` answers requests. */
class FakeClient extends EventTarget {
    said = [];
    history = () => Promise.reject(Object.assign(new Error('no such request'), { reason: 'unknown_type' }));

    subscribe(channel, symbols, how) {
        this.said.push(['subscribe', channel, symbols, how]);
    }

    unsubscribe(channel, symbols, how) {
        this.said.push(['unsubscribe', channel, symbols, how]);
    }

    request(request) {
        this.said.push(request);
        return this.history(request);
    }

    tells(rows, snapshot = false) {
        this.dispatchEvent(new CustomEvent('rows', { detail: { channel: 'bars', interval: '1m', snapshot, rows } }));
    }
}

function opened() {
    const client = new FakeClient();
    const bars = new Bars(client, 'AAPL', '1m');
    const heard = [];
    for (const type of ['reset', 'bar', 'trouble']) {
        bars.addEventListener(type, ({ detail }) => heard.push(type === 'bar' ? ['bar', detail.start] : [type, detail]));
    }
    bars.open();
    return { client, bars, heard, starts: () => bars.all.map(({ start }) => start) };
}

const bar = (minute, close = 1) => ({ symbol: 'AAPL', interval: '1m', seq: minute, start: minute * 60_000, open: 1, high: 2, low: 1, close, volume: 5, trades: 1, final: true });

test('it follows its interval, and the document\'s live bar becomes final in its place', () => {
    const { client, bars } = opened();
    const { data } = example('server-update-bars');
    client.tells(data);
    assert.deepEqual(client.said[0], ['subscribe', 'bars', ['AAPL'], { interval: '1m' }]);
    assert.deepEqual(bars.all, [data[1]]);
    bars.close();
    assert.deepEqual(client.said[1], ['unsubscribe', 'bars', ['AAPL'], { interval: '1m' }]);
    client.tells([bar(1)]);
    assert.equal(bars.all.length, 1, 'it listens no more');
});

test('the live bar changes and is followed by the next', () => {
    const { client, heard, starts } = opened();
    client.tells([{ symbol: 'AAPL', interval: '1m', seq: 0 }], true);
    client.tells([bar(10)], true);
    client.tells([bar(10, 2), bar(11), { ...bar(12), symbol: 'MSFT' }]);
    assert.deepEqual(starts(), [600_000, 660_000]);
    assert.deepEqual(heard, [['reset', bar(10)], ['bar', 600_000], ['bar', 660_000]]);
});

test('a bar of the past is corrected, and one that lost all its trades is gone', () => {
    const { client, bars, starts, heard } = opened();
    client.tells([bar(10), bar(11), bar(12)]);
    client.tells([bar(10, 1.5)]);
    assert.deepEqual([bars.all[0].close, heard.at(-1)[0]], [1.5, 'reset']);
    client.tells([{ symbol: 'AAPL', interval: '1m', seq: 14, start: 660_000, volume: 0, trades: 0, final: true }]);
    assert.deepEqual(starts(), [600_000, 720_000]);
});

test('older bars are fetched before the oldest, and what is known live is not overwritten', async () => {
    const { client, bars, starts } = opened();
    client.tells([bar(1_000, 7)]);
    client.history = async () => ({ data: [bar(998), bar(999), bar(1_000, 3)] });
    await bars.earlier(0);
    const { type, channel, symbol, interval, from, to, limit } = client.said.at(-1);
    assert.deepEqual([type, channel, symbol, interval, from, to, limit], ['history', 'bars', 'AAPL', '1m', 700 * 60_000, 1_000 * 60_000, 1_000]);
    assert.deepEqual(starts(), [998, 999, 1_000].map((minute) => minute * 60_000));
    assert.equal(bars.all.at(-1).close, 7);
});

test('a quiet time is skipped over, and the beginning of all is found', async () => {
    const { client, bars } = opened();
    client.tells([bar(100_000)]);
    const asked = [];
    client.history = async ({ from, to }) => {
        asked.push([from, to]);
        return { data: [] };
    };
    await bars.earlier(0);
    assert.equal(asked.length, 4);
    assert.ok(asked.every(([from, to], i) => from <= to && (i === 0 || to === asked[i - 1][0])), JSON.stringify(asked));
    await bars.earlier(0);
    assert.equal(asked.length, 4, 'there is nothing before, and it is not asked for again');
});

test('an answer that is cut short is asked on, and what is forgotten is not asked for', async () => {
    const { client, bars, starts } = opened();
    client.tells([bar(1_000)]);
    const pages = [
        { data: [bar(901), bar(902)], next: 903 * 60_000, whole_after: 900 * 60_000 },
        { data: [bar(903), bar(904)] },
    ];
    const asked = [];
    client.history = async ({ from }) => {
        asked.push(from / 60_000);
        return pages.shift();
    };
    await bars.earlier(0);
    assert.deepEqual(starts().map((start) => start / 60_000), [901, 902, 903, 904, 1_000]);
    await bars.earlier(0);
    assert.deepEqual(asked, [700, 903]);
});

test('what was asked for without a connection is asked for once there is one', async () => {
    const { client, bars, starts } = opened();
    client.history = () => Promise.reject(Object.assign(new Error('lost'), { reason: 'connection_lost' }));
    await bars.earlier(60_000);
    client.history = async () => ({ data: [bar(1)] });
    client.state = 'waiting';
    client.dispatchEvent(new Event('state'));
    client.state = 'live';
    client.dispatchEvent(new Event('state'));
    await told();
    assert.deepEqual(starts(), [60_000]);
});

test('a server without history or bars is named, one that was lost is asked again', async () => {
    const { client, bars, heard } = opened();
    client.history = () => Promise.reject(Object.assign(new Error('lost'), { reason: 'connection_lost' }));
    await bars.earlier(0);
    assert.deepEqual(heard, []);
    client.history = () => Promise.reject(Object.assign(new Error('no'), { reason: 'unknown_type' }));
    await bars.earlier(0);
    client.dispatchEvent(new CustomEvent('rejected', { detail: { channel: 'bars', interval: '1m', rejected: [{ symbol: '*', reason: 'unknown_channel' }] } }));
    await told();
    assert.deepEqual(heard, [['trouble', 'no_history'], ['trouble', 'unknown_channel']]);
});
