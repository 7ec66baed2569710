import { en } from './en.js';
import { zh } from './zh.js';

const LANGUAGES = { en: { words: en, locale: 'en-US' }, zh: { words: zh, locale: 'zh-CN' } };

let language = 'en';

export const languages = Object.keys(LANGUAGES);

/** The language of the page: the reader's choice, or the first of the browser's that the page speaks. */
export function chooseLanguage(chosen, preferred = []) {
    language = [chosen, ...preferred.map((tag) => tag.slice(0, 2).toLowerCase())].find((tag) => Object.hasOwn(LANGUAGES, tag ?? '')) ?? 'en';
}

export function currentLanguage() {
    return language;
}

/** For `Intl`: numbers are printed as the page's language does. */
export function locale() {
    return LANGUAGES[language].locale;
}

/** A text of the page; `{name}` in it is replaced. What has no word in a language is said in English. */
export function say(word, values = {}) {
    const text = LANGUAGES[language].words[word] ?? en[word] ?? word;
    return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

/** Whether there is such a text. */
export function known(word) {
    return Object.hasOwn(en, word);
}

/** Fills in what the HTML leaves to words: `data-say` for the text, `data-say-label` and `data-say-hint` for attributes. */
export function fillIn(root) {
    for (const element of root.querySelectorAll('[data-say]')) {
        element.textContent = say(element.dataset.say);
    }
    for (const element of root.querySelectorAll('[data-say-label]')) {
        element.setAttribute('aria-label', say(element.dataset.sayLabel));
    }
    for (const element of root.querySelectorAll('[data-say-hint]')) {
        element.setAttribute('placeholder', say(element.dataset.sayHint));
    }
}
