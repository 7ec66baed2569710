import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Book } from '../../../webapp/js/client/index.js';
import { COLUMNS } from '../../../webapp/js/columns.js';
import { Listing } from '../../../webapp/js/listing.js';

const column = (name) => COLUMNS.find((each) => each.name === name);

function listing() {
    const book = new Book();
    [
        { symbol: 'MSFT', seq: 1, name: 'Microsoft Corporation', last: 400 },
        { symbol: 'AAPL', seq: 1, name: 'Apple Inc.', last: 190 },
        { symbol: 'NEW', seq: 0 },
        { symbol: 'APP', seq: 1, name: 'AppLovin Corporation', last: 95.5 },
    ].forEach((row) => book.set(row));
    return new Listing(book);
}

test('symbols stand in alphabetical order at first', () => {
    assert.deepEqual(listing().symbols(), ['AAPL', 'APP', 'MSFT', 'NEW']);
});

test('a number column starts with the largest and turns round; what has no value stays last', () => {
    const list = listing();
    list.sortBy(column('last'));
    assert.deepEqual(list.symbols(), ['MSFT', 'AAPL', 'APP', 'NEW']);
    list.sortBy(column('last'));
    assert.deepEqual(list.symbols(), ['APP', 'AAPL', 'MSFT', 'NEW']);
});

test('sorted a third time, the list has its own order again', () => {
    const list = listing();
    list.show(['MSFT', 'UNHEARD', 'AAPL']);
    assert.deepEqual(list.symbols(), ['MSFT', 'UNHEARD', 'AAPL']);
    list.sortBy(column('name'));
    assert.deepEqual(list.symbols(), ['AAPL', 'MSFT', 'UNHEARD']);
    list.sortBy(column('name'));
    list.sortBy(column('name'));
    assert.deepEqual([list.symbols(), list.column], [['MSFT', 'UNHEARD', 'AAPL'], undefined]);
});
