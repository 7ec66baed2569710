import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Connection, backOff, mayReconnect, socketAddress } from '../../../../webapp/js/client/index.js';
import { FakeClock, FakeSocket } from '../fakes.mjs';

function page({ random = () => 0.5, start = true, ...options } = {}) {
    const clock = new FakeClock();
    const sockets = [];
    const connection = new Connection('ws://host/ws/ticker', {
        open: (address, protocol) => {
            sockets.push(new FakeSocket(address, protocol));
            return sockets.at(-1);
        },
        clock,
        random,
        ...options,
    });
    const states = [];
    connection.addEventListener('state', () => states.push(connection.state));
    connection.addEventListener('open', () => connection.send({ type: 'subscriptions' }));
    if (start) {
        connection.start();
    }
    return { clock, sockets, connection, states, last: () => sockets.at(-1) };
}

/** Lets promises that are settled already tell so. */
const told = () => new Promise((done) => setImmediate(done));

test('the socket lies beside the page, wherever that is', () => {
    assert.equal(socketAddress('http://localhost:8080/'), 'ws://localhost:8080/ws/ticker');
    assert.equal(socketAddress('https://host/tickerplant/'), 'wss://host/tickerplant/ws/ticker');
    assert.equal(socketAddress('https://host/tickerplant/index.html?a=b#c'), 'wss://host/tickerplant/ws/ticker');
});

test('it offers the sub-protocol and sends requests after the welcome, not before', () => {
    const { last, states } = page();
    assert.deepEqual([last().address, last().protocol], ['ws://host/ws/ticker', 'tickerplant.v1']);
    assert.deepEqual(last().sent, []);
    last().welcomes();
    assert.deepEqual(last().sent, [{ type: 'subscriptions', id: 1 }]);
    assert.deepEqual(states, ['connecting', 'live']);
});

test('the wait doubles from half a second to half a minute, wherever chance falls', () => {
    for (let attempt = 0; attempt < 2_000; attempt++) {
        assert.equal(backOff(attempt, () => 0), 500);
        const longest = backOff(attempt, () => 1 - Number.EPSILON);
        assert.ok(longest <= Math.min(30_000, 500 * 2 ** (attempt + 1)), `attempt ${attempt} waits ${longest} ms`);
    }
    assert.deepEqual([0, 1, 2, 5, 6].map((attempt) => backOff(attempt, () => 0.5)), [750, 1250, 2250, 15250, 15250]);
});

test('a lost connection is tried again, and each failure waits longer', () => {
    const { clock, sockets, connection, last } = page();
    const waits = [];
    for (let i = 0; i < 4; i++) {
        last().closes(1006);
        assert.equal(connection.state, 'waiting');
        waits.push(connection.retryInMs);
        clock.pass(connection.retryInMs - 1);
        assert.equal(sockets.length, i + 1, 'not a millisecond early');
        clock.pass(1);
        assert.equal(sockets.length, i + 2);
    }
    assert.deepEqual(waits, [750, 1250, 2250, 4250]);
});

test('a welcome alone does not forgive the failures before it, a heartbeat does', () => {
    const { clock, connection, last } = page();
    last().closes(1006);
    clock.pass(connection.retryInMs);
    last().welcomes();
    last().closes(1013);
    assert.equal(connection.retryInMs, 1250);
    clock.pass(connection.retryInMs);
    last().welcomes();
    last().beats();
    last().closes(1006);
    assert.equal(connection.retryInMs, 750);
});

test('goaway says when to come back', () => {
    const { connection, clock, sockets, last } = page();
    last().welcomes();
    last().beats();
    last().says({ type: 'goaway', reason: 'shutdown', reconnect_ms: 2350 });
    last().closes(1001);
    assert.equal(connection.retryInMs, 2350);
    clock.pass(2350);
    assert.equal(sockets.length, 2);
    last().closes(1006);
    assert.equal(connection.retryInMs, 1250, 'its word counts once');
});

test('a server that sends away every newcomer at once is not hammered', () => {
    const { connection, clock, last } = page();
    const waits = [];
    for (let i = 0; i < 3; i++) {
        last().welcomes();
        last().says({ type: 'goaway', reason: 'rebalance', reconnect_ms: 0 });
        last().closes(1012);
        waits.push(connection.retryInMs);
        clock.pass(connection.retryInMs);
    }
    assert.deepEqual(waits, [0, 1250, 2250]);
});

test('codes 4500 to 4999 are the end, all others are not', () => {
    for (const code of [4500, 4501, 4502, 4999]) {
        const { clock, connection, sockets, last } = page();
        last().welcomes();
        last().closes(code, 'forbidden');
        assert.deepEqual([connection.state, connection.closure], ['closed', { code, reason: 'forbidden' }]);
        clock.pass(3_600_000);
        assert.equal(sockets.length, 1);
        assert.equal(clock.waiting, 0);
    }
    for (const code of [1000, 1001, 1002, 1003, 1006, 1007, 1008, 1009, 1011, 1012, 1013, 4000, 4001, 4499]) {
        assert.ok(mayReconnect(code), `code ${code}`);
    }
});

test('three heartbeats missed are a dead connection, and its socket is dropped at once', () => {
    const { clock, connection, sockets, last } = page();
    last().welcomes(2_000);
    clock.pass(1_999);
    last().beats();
    clock.pass(6_000);
    assert.equal(connection.state, 'live');
    clock.pass(1);
    assert.equal(connection.state, 'waiting');
    assert.deepEqual([sockets[0].closed, connection.closure.reason], [true, 'no heartbeat']);
    sockets[0].beats();
    sockets[0].closes(4502);
    assert.equal(connection.state, 'waiting', 'the dropped socket has no say any more');
    clock.pass(connection.retryInMs);
    assert.equal(sockets.length, 2);
});

test('heartbeats alone keep a quiet connection', () => {
    const { clock, connection, last } = page();
    last().welcomes(2_000);
    for (let i = 0; i < 100; i++) {
        clock.pass(5_000);
        last().beats();
    }
    assert.equal(connection.state, 'live');
});

test('a server that accepts but never welcomes is given up', () => {
    const { clock, connection, last } = page();
    clock.pass(10_001);
    assert.deepEqual([connection.state, last().closed], ['waiting', true]);
});

test('the ping every few seconds tells the latency', () => {
    const { clock, connection, last } = page();
    last().welcomes(5_000);
    clock.pass(500);
    const { id, type } = last().sent.at(-1);
    assert.equal(type, 'ping');
    clock.pass(23);
    last().says({ type: 'pong', id: id + 100, ts: 1 });
    assert.equal(connection.latency, undefined, 'an answer to another question');
    last().says({ type: 'pong', id, ts: 1 });
    assert.equal(connection.latency, 23);
    clock.pass(5_000);
    assert.equal(last().sent.filter((command) => command.type === 'ping').length, 2);
    last().closes(1006);
    clock.pass(connection.retryInMs);
    assert.equal(connection.latency, undefined);
});

test('a message that breaks the protocol is reported and the connection lives on', () => {
    const { connection, last } = page();
    const heard = [];
    connection.addEventListener('fault', ({ detail }) => heard.push(detail));
    connection.addEventListener('message', ({ detail }) => heard.push(detail.type));
    last().welcomes();
    last().says('{"type":"heartbeat","ts":1,"feed":"asleep"}');
    last().beats();
    assert.deepEqual(heard, ['welcome', 'heartbeat.feed must be one of live, stale, replay, down', 'heartbeat']);
    assert.equal(connection.state, 'live');
});

test('news of the network end the wait', () => {
    const { connection, sockets, last } = page();
    last().closes(1006);
    connection.probe();
    assert.deepEqual([connection.state, sockets.length], ['connecting', 2]);
});

test('a live connection has to prove itself when the network changes', () => {
    const { clock, connection, last } = page();
    last().welcomes(60_000);
    clock.pass(100);
    connection.probe();
    const { id, type } = last().sent.at(-1);
    assert.equal(type, 'ping');
    clock.pass(10);
    last().says({ type: 'pong', id, ts: 1 });
    clock.pass(10_000);
    assert.equal(connection.state, 'live');
    connection.probe();
    clock.pass(4_000);
    assert.deepEqual([connection.state, connection.closure.reason], ['waiting', 'no answer']);
});

test('stop leaves no timer and no socket behind, and start begins anew', () => {
    const { clock, connection, sockets, last } = page();
    last().welcomes();
    connection.probe();
    connection.stop();
    assert.deepEqual([connection.state, clock.waiting, sockets[0].closed], ['closed', 0, true]);
    connection.probe();
    assert.equal(sockets.length, 1);
    connection.start();
    connection.start();
    assert.equal(sockets.length, 2);
});

test('an address that the browser refuses is no reason to fall over', () => {
    const clock = new FakeClock();
    const connection = new Connection('ws://host/', {
        open: () => {
            throw new Error('insecure');
        },
        clock,
        random: () => 0,
    });
    connection.start();
    assert.deepEqual([connection.state, connection.closure], ['waiting', { code: 0, reason: 'insecure' }]);
});

test('a token is shown before anything else is asked', async () => {
    const { last, states } = page({ token: async () => 'first' });
    last().says({ type: 'welcome', session: 's', epoch: 'e', ts: 1, heartbeat_ms: 5_000, auth: 'required' });
    assert.deepEqual(last().sent, []);
    await told();
    assert.deepEqual(last().sent, [
        { type: 'auth', id: 1, token: 'first' },
        { type: 'subscriptions', id: 2 },
    ]);
    assert.deepEqual(states, ['connecting', 'live']);
});

test('a token is not shown to a server that wants none', async () => {
    const { last } = page({ token: () => 'secret' });
    last().welcomes();
    await told();
    assert.deepEqual(last().sent, [{ type: 'subscriptions', id: 1 }]);
});

test('a token in the query is part of the address', async () => {
    const { last, connection } = page({ token: () => 'a b&c', tokenIn: 'query' });
    await told();
    assert.equal(last().address, 'ws://host/ws/ticker?token=a+b%26c');
    last().welcomes();
    assert.equal(connection.state, 'live');
});

test('a token is renewed some time before it ends, by the server\'s clock', async () => {
    let count = 0;
    const { clock, last } = page({ token: () => `t${++count}` });
    last().says({ type: 'welcome', session: 's', epoch: 'e', ts: 1_000_000, heartbeat_ms: 60_000, auth: 'required' });
    await told();
    last().says({ type: 'authenticated', id: 1, expires: 1_000_000 + 100_000 });
    clock.pass(89_999);
    await told();
    assert.equal(count, 1);
    clock.pass(1);
    await told();
    assert.deepEqual(last().sent.filter(({ type }) => type === 'auth').map(({ token }) => token), ['t1', 't2']);
});

test('a token that is refused is replaced once, and no more', async () => {
    let count = 0;
    const { clock, connection, sockets, last } = page({ token: () => `t${++count}` });
    const welcome = { type: 'welcome', session: 's', epoch: 'e', ts: 1, heartbeat_ms: 5_000, auth: 'required' };
    last().says(welcome);
    await told();
    last().closes(4500);
    assert.equal(connection.state, 'waiting');
    clock.pass(connection.retryInMs);
    last().says(welcome);
    await told();
    last().closes(4500);
    assert.deepEqual([connection.state, sockets.length, count], ['closed', 2, 2]);
});

test('a token that cannot be had is tried for again, and none is used after a stop', async () => {
    const asked = page({ token: () => Promise.reject(new Error('signed out')), tokenIn: 'query' });
    await told();
    assert.deepEqual([asked.connection.state, asked.connection.closure], ['waiting', { code: 0, reason: 'no token: signed out' }]);

    const stopped = page({ token: () => 'late', tokenIn: 'query' });
    stopped.connection.stop();
    await told();
    assert.equal(stopped.sockets.length, 0);
});
