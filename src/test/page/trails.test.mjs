import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Trails, trailPath } from '../../../webapp/js/trails.js';
import { FakeClock } from './fakes.mjs';

test('a trail of a day is short, and still begins at its beginning', () => {
    const clock = new FakeClock();
    const market = new EventTarget();
    let last = 100;
    market.row = () => ({ last });
    const trails = new Trails(market, clock);
    const trade = (price) => {
        last = price;
        market.dispatchEvent(new CustomEvent('rows', { detail: ['A'] }));
    };
    trade(100);
    assert.deepEqual(trails.of('A'), [100]);
    for (let i = 1; i <= 30_000; i++) {
        clock.pass(1_000);
        trade(100 + i);
    }
    const trail = trails.of('A');
    assert.ok(trail.length > 25 && trail.length <= 61, `${trail.length} points`);
    assert.equal(trail.at(-1), 30_100);
    assert.ok(trail[0] < 200 && trail.every((price, i) => i === 0 || price > trail[i - 1]));
    assert.deepEqual(trails.of('B'), []);
});

test('a path spans its picture; prices that stand still are a line', () => {
    assert.equal(trailPath([1, 3, 2], 80, 20), 'M0.0 20.0L40.0 0.0L80.0 10.0');
    assert.equal(trailPath([5, 5], 80, 20), 'M0.0 20.0L80.0 20.0');
    assert.equal(trailPath([5], 80, 20), '');
});
