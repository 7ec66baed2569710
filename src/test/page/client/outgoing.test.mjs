import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Outgoing } from '../../../../webapp/js/client/outgoing.js';
import { FakeClock } from '../fakes.mjs';

function opened(perSecond) {
    const clock = new FakeClock();
    const socket = { bufferedAmount: 0, sent: [], send: (text) => socket.sent.push(text) };
    const outgoing = new Outgoing(clock);
    outgoing.open(socket, perSecond);
    return { clock, socket, outgoing };
}

test('requests leave no faster than the server allows, in order', () => {
    const { clock, socket, outgoing } = opened(20);
    for (let i = 0; i < 50; i++) {
        outgoing.send(i);
    }
    assert.equal(socket.sent.length, 20);
    clock.pass(1_000);
    assert.equal(socket.sent.length, 40);
    clock.pass(10_000);
    assert.deepEqual(socket.sent, Array.from({ length: 50 }, (_, i) => i));
    assert.equal(clock.waiting, 0);
});

test('while the socket gets rid of nothing, requests wait', () => {
    const { clock, socket, outgoing } = opened(20);
    socket.bufferedAmount = 65_536;
    outgoing.send('a');
    clock.pass(5_000);
    assert.deepEqual([socket.sent.length, outgoing.waiting, outgoing.behind], [0, 1, true]);
    socket.bufferedAmount = 100;
    clock.pass(50);
    assert.deepEqual([socket.sent, outgoing.behind], [['a'], false]);
});

test('what waits when the connection ends is not sent on the next', () => {
    const { clock, socket, outgoing } = opened(1);
    outgoing.send('a');
    outgoing.send('b');
    outgoing.close();
    outgoing.send('c');
    clock.pass(10_000);
    assert.deepEqual([socket.sent, clock.waiting], [['a'], 0]);
});
