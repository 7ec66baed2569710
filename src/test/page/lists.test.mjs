import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Lists } from '../../../webapp/js/lists.js';
import { Preferences } from '../../../webapp/js/preferences.js';
import { Storage } from '../../../webapp/js/storage.js';
import { FakeStore } from './fakes.mjs';

function lists(kept) {
    const store = new FakeStore(kept && { 'tickerplant.lists': JSON.stringify(kept) });
    return { lists: new Lists(new Storage(store)), again: () => new Lists(new Storage(store)) };
}

test('all symbols are listed until the reader adds one to a list of their own', () => {
    const { lists: mine, again } = lists();
    assert.deepEqual([mine.active, mine.symbols, mine.names], [-1, undefined, []]);
    mine.add('AAPL', 'My list');
    mine.add('MSFT', 'My list');
    mine.add('AAPL', 'My list');
    assert.deepEqual([mine.names, mine.active, mine.symbols], [['My list'], 0, ['AAPL', 'MSFT']]);
    assert.deepEqual([again().names, again().active, again().symbols], [['My list'], 0, ['AAPL', 'MSFT']]);
    mine.choose(-1);
    mine.add('IBM', 'My list');
    assert.deepEqual([mine.names, mine.symbols], [['My list'], ['AAPL', 'MSFT', 'IBM']]);
});

test('symbols move to a place, and not beyond the ends', () => {
    const { lists: mine } = lists({ lists: [{ name: 'a', symbols: ['A', 'B', 'C'] }], active: 0 });
    mine.move('A', 1);
    assert.deepEqual(mine.symbols, ['B', 'A', 'C']);
    mine.move('B', 9);
    assert.deepEqual(mine.symbols, ['A', 'C', 'B']);
    mine.move('A', -1);
    mine.move('NONE', 1);
    assert.deepEqual(mine.symbols, ['A', 'C', 'B']);
});

test('two lists never have the same name, and the last may go', () => {
    const { lists: mine } = lists();
    mine.create('Tech');
    mine.create(' Tech ');
    mine.rename('Banks');
    mine.rename('  ');
    mine.create('Tech');
    assert.deepEqual(mine.names, ['Tech', 'Banks', 'Tech 2']);
    mine.delete();
    assert.equal(mine.active, 1);
    mine.delete();
    mine.delete();
    assert.deepEqual([mine.active, mine.names, mine.symbols], [-1, [], undefined]);
});

test('what lies in the browser may be anything', () => {
    const kept = { lists: [null, { name: 7, symbols: [] }, { name: 'x', symbols: ['A', 5, '<b>', 'A', 'B'] }], active: 3 };
    const { lists: mine } = lists(kept);
    assert.deepEqual([mine.names, mine.active, mine.everything], [['x'], -1, ['A', 'B']]);
    const broken = new Storage(new FakeStore({ 'tickerplant.lists': '{' }));
    assert.deepEqual(new Lists(broken).names, []);
    const forbidden = new Lists(new Storage({ getItem: () => assert.fail(), setItem: () => assert.fail() }));
    forbidden.add('A', 'x');
    assert.deepEqual(forbidden.symbols, ['A']);
});

test('preferences are kept, and sound whatever lies there', () => {
    const store = new FakeStore({ 'tickerplant.preferences': '{"theme":"pink","rate":9,"columns":["last","none"],"language":3}' });
    const read = () => new Preferences(new Storage(store));
    assert.deepEqual([read().theme, read().rate, read().columns, read().language], ['system', 0, ['last'], undefined]);
    const preferences = read();
    preferences.theme = 'dark';
    preferences.rate = 0.2;
    preferences.columns = undefined;
    assert.deepEqual([read().theme, read().rate, read().columns], ['dark', 0.2, undefined]);
});
