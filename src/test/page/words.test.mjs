import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { afterEach, test } from 'node:test';
import { en } from '../../../webapp/js/words/en.js';
import { chooseLanguage, currentLanguage, say } from '../../../webapp/js/words/words.js';
import { zh } from '../../../webapp/js/words/zh.js';

afterEach(() => chooseLanguage('en'));

test('both languages have the same words, with the same gaps', () => {
    assert.deepEqual(Object.keys(zh).sort(), Object.keys(en).sort());
    const gaps = (text) => (text.match(/\{\w+\}/g) ?? []).sort();
    for (const word of Object.keys(en)) {
        assert.deepEqual(gaps(zh[word]), gaps(en[word]), word);
    }
});

test('every word that the page says is there', () => {
    const page = new URL('../../../webapp/', import.meta.url);
    const sources = [
        ...readdirSync(page).filter((name) => name.endsWith('.html')),
        ...readdirSync(new URL('js/', page)).filter((name) => name.endsWith('.js')).map((name) => `js/${name}`),
    ];
    for (const source of sources) {
        const text = readFileSync(new URL(source, page), 'utf8');
        for (const [, plain, attribute] of text.matchAll(/say\('([\w.-]+)'|data-say(?:-\w+)?="([\w.-]+)"/g)) {
            assert.ok(Object.hasOwn(en, plain ?? attribute), `${source} says ${plain ?? attribute}`);
        }
    }
});

test('the reader\'s choice comes before the browser\'s languages, and English last', () => {
    chooseLanguage(undefined, ['fr-CH', 'zh-TW', 'en']);
    assert.deepEqual([currentLanguage(), say('pause')], ['zh', '暂停']);
    chooseLanguage('en', ['zh']);
    assert.deepEqual([currentLanguage(), say('list.moved', { symbol: 'A', place: 1, count: 3 })], ['en', 'A is now in place 1 of 3.']);
    chooseLanguage('toString', ['fr']);
    assert.equal(currentLanguage(), 'en');
});
