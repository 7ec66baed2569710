import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Client, crc32 } from '../../../../webapp/js/client/index.js';
import { FakeClock, FakeSocket } from '../fakes.mjs';

/** The examples of docs/protocol.md, which the service's own tests hold against what it reads and writes. */
const example = (name) => readFileSync(new URL(`../../resources/protocol/${name}.json`, import.meta.url), 'utf8');
const HEARD = ['rows', 'gap', 'violation', 'rejected', 'synchronised', 'alert', 'alert-refused', 'fault'];

const told = () => new Promise((done) => setImmediate(done));

function client({ live = true, follow = ['*'] } = {}) {
    const clock = new FakeClock();
    const sockets = [];
    const made = new Client('ws://host/ws/ticker', {
        open: (address, protocol) => {
            sockets.push(new FakeSocket(address, protocol));
            return sockets.at(-1);
        },
        clock,
        random: () => 0.5,
    });
    const heard = [];
    for (const type of HEARD) {
        made.addEventListener(type, ({ detail }) => heard.push(type === 'rows' ? `rows ${detail.rows.map(({ symbol }) => symbol)}` : [type, detail]));
    }
    if (follow.length > 0) {
        made.subscribe('ticker', follow);
    }
    made.start();
    const world = {
        clock,
        sockets,
        client: made,
        heard,
        last: () => sockets.at(-1),
        subscriptions: () => sockets.at(-1).sent.filter(({ type }) => type === 'subscribe'),
        reconnect: (epoch = 'e-1') => {
            sockets.at(-1).closes(1006);
            clock.pass(made.retryInMs);
            sockets.at(-1).says({ type: 'welcome', session: 's', epoch, ts: 1, heartbeat_ms: 60_000 });
        },
        subscribed: (answer = {}) => {
            const { id, channel, symbols } = world.subscriptions().at(-1);
            world.last().says({ type: 'subscribed', id, channel, symbols, total: 1, ...answer });
        },
    };
    if (live) {
        world.last().welcomes(60_000);
    }
    return world;
}

/** A client that follows AAPL, and has its first snapshot. */
function following() {
    const world = client({ follow: ['AAPL'] });
    world.subscribed();
    world.last().says({ type: 'snapshot', channel: 'ticker', ts: 1, data: [{ symbol: 'AAPL', seq: 10, last: 189.3, trades: 4 }], end: true });
    world.heard.length = 0;
    return world;
}

const update = (...data) => ({ type: 'update', channel: 'ticker', ts: 1, data });
const heartbeat = (crc) => ({ type: 'heartbeat', ts: 1, feed: 'live', crc });

test('its requests are those of the document', () => {
    const { client: subject, last, clock } = client({ follow: ['AAPL', 'msft', 'APPL'] });
    const plain = (request) => ({ ...request, id: 0 });
    const as = (name) => plain(JSON.parse(example(name)));
    assert.deepEqual(plain(last().sent[0]), as('client-subscribe'));
    subject.subscribe('trades', ['A*']);
    assert.deepEqual(plain(last().sent[1]), as('client-subscribe-prefix'));
    subject.unsubscribe('ticker', ['MSFT']);
    assert.deepEqual(plain(last().sent[2]), as('client-unsubscribe'));
    clock.pass(500);
    assert.equal(last().sent[3].type, 'ping');
});

test('the story that the document tells is followed without a complaint', () => {
    const { client: subject, last, subscriptions, heard } = client({ follow: ['AAPL', 'MSFT', 'APPL'] });
    const answer = JSON.parse(example('server-subscribed'));
    last().says({ ...answer, id: subscriptions()[0].id });
    for (const name of ['snapshot', 'update', 'update-merged', 'update-null']) {
        last().says(example(`server-${name}`));
    }
    assert.deepEqual(heard, [
        ['rejected', { channel: 'ticker', interval: undefined, rejected: answer.rejected }],
        'rows AAPL,MSFT',
        ['synchronised', null],
        'rows AAPL',
        'rows AAPL',
        'rows AAPL',
    ]);
    assert.deepEqual([subject.violations, subject.book.row('AAPL').seq, 'ask' in subject.book.row('AAPL')], [0, 10, false]);
});

test('the document\'s merged trades and their cancel come in sequence', () => {
    const { last, client: subject, heard } = client({ follow: [] });
    subject.subscribe('trades', ['AAPL']);
    last().says({ type: 'subscribed', id: 1, channel: 'trades', symbols: ['AAPL'], total: 1 });
    last().says({ type: 'snapshot', channel: 'trades', ts: 1, data: [{ symbol: 'AAPL', seq: 5 }], end: true });
    last().says(example('server-update-trades'));
    last().says(example('server-update-cancel'));
    assert.deepEqual(heard.filter(([what]) => what === 'violation'), []);
    assert.equal(subject.violations, 0);
});

test('after a reconnect it asks only for what it missed', () => {
    const { client: subject, reconnect, subscriptions, subscribed, last, heard } = following();
    last().says(update({ symbol: 'AAPL', seq: 12, n: 2, last: 190 }));
    reconnect();
    assert.equal(subject.synchronised, false);
    assert.deepEqual(subscriptions(), [
        { type: 'subscribe', id: subscriptions()[0].id, channel: 'ticker', symbols: ['AAPL'], resume: { epoch: 'e-1', seq: { AAPL: 12 } } },
    ]);
    subscribed({ seq: { AAPL: 15 }, recovery: { AAPL: 'merged' } });
    assert.ok(subject.synchronised, 'no snapshot has to come');
    last().says(update({ symbol: 'AAPL', seq: 15, n: 3, last: 191 }));
    assert.deepEqual([subject.violations, subject.book.row('AAPL').last], [0, 191]);
    assert.equal(heard.filter(([what]) => what === 'violation').length, 0);
});

test('what cannot be resumed is waited for until its snapshot', () => {
    const { client: subject, reconnect, subscribed, last } = following();
    reconnect();
    subscribed({ seq: { AAPL: 3 }, recovery: { AAPL: 'snapshot' } });
    assert.equal(subject.synchronised, false);
    last().says({ type: 'snapshot', channel: 'ticker', ts: 1, data: [{ symbol: 'AAPL', seq: 3, last: 1 }], end: true });
    assert.ok(subject.synchronised);
});

test('in another epoch it begins anew, and shows what it knew until then', () => {
    const { client: subject, reconnect, subscriptions, subscribed, last } = following();
    reconnect('e-2');
    assert.equal('resume' in subscriptions()[0], false);
    assert.equal(subject.book.row('AAPL').last, 189.3);
    subscribed();
    last().says({ type: 'snapshot', channel: 'ticker', ts: 1, data: [{ symbol: 'AAPL', seq: 2, last: 150 }], end: true });
    last().says(update({ symbol: 'AAPL', seq: 3, last: 151 }));
    assert.deepEqual([subject.violations, subject.book.row('AAPL')], [0, { symbol: 'AAPL', seq: 3, last: 151 }]);
});

test('a symbol that a restarted server does not name is forgotten once all others stand', () => {
    const { client: subject, last, reconnect, subscribed, heard } = client();
    subscribed();
    last().says({ type: 'snapshot', channel: 'ticker', ts: 1, data: [{ symbol: 'AAPL', seq: 1 }, { symbol: 'GONE', seq: 1 }], end: true });
    reconnect('e-2');
    subscribed();
    last().says({ type: 'snapshot', channel: 'ticker', ts: 1, data: [{ symbol: 'AAPL', seq: 1 }] });
    assert.equal(subject.book.size, 2);
    last().says({ type: 'snapshot', channel: 'ticker', ts: 1, data: [], end: true });
    assert.deepEqual([...subject.book.symbols()], ['AAPL']);
    assert.equal(heard.at(-2), 'rows GONE');
});

test('a hole is reported, and a fresh snapshot fetched, every five seconds at most', () => {
    const { clock, client: subject, last, subscriptions, heard } = following();
    for (let seq = 12; seq < 100; seq += 2) {
        last().says(update({ symbol: 'AAPL', seq, last: 190 }));
        clock.pass(0);
    }
    assert.equal(subject.violations, 44);
    assert.deepEqual(heard[0], ['violation', { channel: 'ticker', interval: undefined, symbol: 'AAPL', expected: 11, received: 12 }]);
    assert.equal(subscriptions().length, 2);
    clock.pass(5_000);
    assert.equal(subscriptions().length, 3);
    clock.pass(30_000);
    assert.equal(subscriptions().length, 3);
});

test('a checksum that fits is no news, one that does not fetches everything anew', () => {
    const { clock, client: subject, last, subscriptions, heard } = following();
    last().says(heartbeat(crc32('AAPL|10|189.3|4\n')));
    assert.deepEqual([heard, subject.violations], [[], 0]);
    last().says(update({ symbol: 'AAPL', seq: 11, last: 189.4 }));
    last().says(heartbeat(crc32('AAPL|11|189.5|4\n')));
    assert.equal(heard.at(-1)[1].expected, crc32('AAPL|11|189.5|4\n'));
    clock.pass(0);
    assert.equal(subscriptions().length, 2);
    assert.equal('resume' in subscriptions()[1], false);
});

test('a checksum is not compared while the server may count other symbols', () => {
    const { client: subject, last } = following();
    subject.unsubscribe('ticker', ['AAPL']);
    subject.subscribe('ticker', ['MSFT']);
    last().says(heartbeat(crc32('AAPL|10|189.3|4\n')));
    assert.equal(subject.violations, 0);
});

test('what was on its way when it was left is left out', () => {
    const { client: subject, last, heard } = following();
    subject.subscribe('ticker', ['MSFT']);
    subject.unsubscribe('ticker', ['AAPL']);
    heard.length = 0;
    last().says(update({ symbol: 'AAPL', seq: 11, last: 1 }));
    assert.deepEqual([heard, subject.violations, subject.book.size], [[], 0, 0]);
});

test('an announced gap is told once, and the sequence goes on behind it', () => {
    const { client: subject, last, heard } = following();
    const gap = { type: 'gap', channel: 'ticker', symbol: 'AAPL', from: 11, to: 15, reason: 'feed' };
    last().says(gap);
    last().says(gap);
    last().says(update({ symbol: 'AAPL', seq: 16, last: 190 }));
    assert.deepEqual(heard, [['gap', gap], 'rows AAPL']);
    assert.equal(subject.violations, 0);
});

test('trades that a snapshot jumps over are a gap', () => {
    const { client: subject, last, heard } = client({ follow: [] });
    subject.subscribe('trades', ['A']);
    last().says({ type: 'subscribed', id: 1, channel: 'trades', symbols: ['A'], total: 1 });
    last().says({ type: 'snapshot', channel: 'trades', ts: 1, data: [{ symbol: 'A', seq: 5, price: 1, size: 1, ts: 1 }], end: true });
    last().says({ type: 'snapshot', channel: 'trades', ts: 1, data: [{ symbol: 'A', seq: 9, price: 1, size: 1, ts: 1 }], end: true });
    assert.deepEqual(heard.filter(([what]) => what === 'gap'), [
        ['gap', { channel: 'trades', interval: undefined, symbol: 'A', from: 6, to: 9, reason: 'snapshot' }],
    ]);
});

test('a subscription refused for now is tried again, one refused for good is told', () => {
    const { clock, last, subscriptions, heard } = client();
    const error = { type: 'error', code: 429, reason: 'rate_limited', message: 'too many requests' };
    last().says({ ...error, id: subscriptions()[0].id, retry: true });
    clock.pass(5_000);
    assert.equal(subscriptions().length, 2);
    last().says({ ...error, id: subscriptions()[1].id, reason: 'unknown_channel', retry: false });
    clock.pass(30_000);
    assert.equal(subscriptions().length, 2);
    assert.deepEqual(heard.map(([what]) => what), ['rejected', 'synchronised']);
    assert.equal(heard[0][1].rejected[0].reason, 'unknown_channel');
});

test('a sequence that the server does not know leads to a snapshot, not to silence', () => {
    const { clock, reconnect, subscriptions, subscribed } = following();
    reconnect();
    subscribed({ symbols: [], total: 0, rejected: [{ symbol: 'AAPL', code: 400, reason: 'invalid_field' }] });
    clock.pass(5_000);
    assert.deepEqual(subscriptions().at(-1).symbols, ['AAPL']);
    assert.equal('resume' in subscriptions().at(-1), false);
});

test('what was configured is configured again, before anything is followed', () => {
    const { client: subject, reconnect, last } = following();
    subject.configure({ paused: true });
    subject.configure({ visible: ['AAPL'] });
    reconnect();
    assert.deepEqual(last().sent.map(({ type }) => type), ['configure', 'subscribe']);
    assert.deepEqual([last().sent[0].paused, last().sent[0].visible], [true, ['AAPL']]);
});

test('a request is answered, refused, or lost with its connection', async () => {
    const { client: subject, last } = following();
    const found = subject.search('app', 5);
    const { id, ...asked } = last().sent.at(-1);
    assert.deepEqual(asked, { type: 'symbols', query: 'app', limit: 5 });
    last().says({ type: 'symbols', id, data: [{ symbol: 'APP', name: 'AppLovin' }] });
    assert.deepEqual(await found, [{ symbol: 'APP', name: 'AppLovin' }]);

    const refused = subject.request({ type: 'symbols', query: 7 });
    last().says({ type: 'error', id: last().sent.at(-1).id, reason: 'invalid_field', message: 'query must be text', field: 'query' });
    await assert.rejects(refused, { name: 'RequestError', reason: 'invalid_field', field: 'query' });

    const lost = subject.search('m');
    last().closes(1006);
    await assert.rejects(lost, { reason: 'connection_lost', retry: true });
    await assert.rejects(subject.search('m'), { reason: 'connection_lost' });
});

test('an alert outlives its connection, and what happened meanwhile is judged', async () => {
    const { client: subject, last, reconnect, heard } = following();
    const rule = { symbol: 'AAPL', field: 'last', op: 'above', value: 190 };
    const set = subject.alerts.add(rule);
    last().says({ type: 'alert_set', id: last().sent.at(-1).id, alert: 'a-1' });
    const key = await set;
    reconnect();
    const { id, ...again } = last().sent.at(-1);
    assert.deepEqual(again, { type: 'alert', ...rule, from_seq: 10 });
    last().says({ type: 'alert_set', id, alert: 'a-7' });
    await told();
    last().says({ type: 'alert', alert: 'a-1', symbol: 'AAPL', value: 191, seq: 12, ts: 5 });
    last().says({ type: 'alert', alert: 'a-7', symbol: 'AAPL', value: 191, seq: 12, ts: 5 });
    assert.deepEqual(heard.filter(([what]) => what === 'alert'), [['alert', { key, ...rule, reached: 191, seq: 12, ts: 5 }]]);
    assert.deepEqual(subject.alerts.list(), []);
});

test('an alert that the server refuses is not kept, nor one that is removed', async () => {
    const { client: subject, last, reconnect } = following();
    const refused = subject.alerts.add({ symbol: 'NONE', field: 'last', op: 'above', value: 1 });
    last().says({ type: 'error', id: last().sent.at(-1).id, reason: 'unknown_symbol', message: 'no NONE' });
    await assert.rejects(refused, { reason: 'unknown_symbol' });
    const set = subject.alerts.add({ symbol: 'AAPL', field: 'last', op: 'below', value: 1 });
    last().says({ type: 'alert_set', id: last().sent.at(-1).id, alert: 'a-2' });
    const removed = subject.alerts.remove(await set);
    const { id, ...request } = last().sent.at(-1);
    assert.deepEqual(request, { type: 'unalert', alert: 'a-2' });
    last().says({ type: 'alert_removed', id, alert: 'a-2' });
    await removed;
    reconnect();
    assert.equal(last().sent.some(({ type }) => type === 'alert'), false);
});

test('bars of two intervals are counted apart', () => {
    const { client: subject, last } = client({ follow: [] });
    subject.subscribe('bars', ['A'], { interval: '1s' });
    subject.subscribe('bars', ['A'], { interval: '1m' });
    const row = (interval, seq) => ({ symbol: 'A', interval, seq, start: 0, open: 1, high: 1, low: 1, close: 1, volume: 1, trades: 1, final: false });
    for (const [id, interval] of ['1s', '1m'].entries()) {
        last().says({ type: 'subscribed', id: id + 1, channel: 'bars', interval, symbols: ['A'], total: 1 });
        last().says({ type: 'snapshot', channel: 'bars', interval, ts: 1, data: [row(interval, 4)], end: true });
    }
    last().says({ type: 'update', channel: 'bars', ts: 1, data: [row('1s', 5), row('1m', 5), row('1s', 6)] });
    assert.equal(subject.violations, 0);
    last().says({ type: 'update', channel: 'bars', ts: 1, data: [row('1m', 7)] });
    assert.equal(subject.violations, 1);
});
