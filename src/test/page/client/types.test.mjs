import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import * as library from '../../../../webapp/js/client/index.js';

const folder = new URL('../../../../webapp/js/client/', import.meta.url);
const read = (name) => readFileSync(new URL(name, folder), 'utf8');

test('the types declare what the package exports', () => {
    const declared = [...read('index.d.ts').matchAll(/^export (?:class|const|function) (\w+)/gm)].map(([, name]) => name);
    assert.deepEqual(declared.sort(), Object.keys(library).sort());
});

test('each member that the types declare is there', () => {
    for (const name of ['Client', 'Connection', 'Book']) {
        const body = read('index.d.ts').match(new RegExp(`^export class ${name} [^]*?^}`, 'm'))[0];
        const declared = [...body.matchAll(/^ {4}(?:readonly )?(\w+)[(:<?]/gm)].map(([, member]) => member);
        const inherited = ['addEventListener', 'removeEventListener'];
        const there = Object.getOwnPropertyNames(library[name].prototype);
        for (const member of declared.filter((each) => !inherited.includes(each))) {
            assert.ok(there.includes(member), `${name}.${member} is declared, and is not there`);
        }
    }
});

test('the package names files that exist, and nothing of it is left out', () => {
    const { main, types, exports: entries, files } = JSON.parse(read('package.json'));
    for (const name of [main, types, entries['.'].types, entries['.'].default, 'README.md']) {
        assert.ok(read(name).length > 0, name);
    }
    assert.deepEqual(files, ['*.js', 'index.d.ts', 'README.md']);
});
