import assert from 'node:assert/strict';
import { test } from 'node:test';
import { movers } from '../../../webapp/js/movers.js';
import { Throughput } from '../../../webapp/js/throughput.js';
import { FakeClock } from './fakes.mjs';

test('the largest moves come first, and what did not move is none', () => {
    const rows = Object.fromEntries(
        [
            ['A', 1.5, 100],
            ['B', -2, 300],
            ['C', 0, 0],
            ['D', 3, 200],
            ['E', undefined, 900],
            ['F', -0.5, undefined],
            ['G', 1.5, 100],
        ].map(([symbol, change_pct, volume]) => [symbol, { symbol, change_pct, volume }]),
    );
    const names = (list) => list.map(({ symbol }) => symbol);
    const { gainers, losers, active, up, down } = movers([...Object.keys(rows), 'GONE'], (symbol) => rows[symbol]);
    assert.deepEqual([names(gainers), names(losers), names(active)], [['D', 'A', 'G'], ['B', 'F'], ['E', 'B', 'D', 'A', 'G']]);
    assert.deepEqual([up, down], [3, 2]);
    assert.deepEqual(names(movers(Object.keys(rows), (symbol) => rows[symbol], 1).gainers), ['D']);
});

test('throughput is that of the last five seconds, and of all', () => {
    const clock = new FakeClock();
    const throughput = new Throughput(clock);
    for (let i = 0; i < 100; i++) {
        throughput.add(50);
        clock.pass(100);
    }
    const { messages, bytes, perSecond } = throughput.read();
    assert.deepEqual([messages, bytes], [100, 5_000]);
    assert.ok(perSecond >= 8 && perSecond <= 10, `${perSecond} a second`);
    clock.pass(10_000);
    assert.deepEqual(throughput.read(), { messages: 100, bytes: 5_000, perSecond: 0, bytesPerSecond: 0 });
});
