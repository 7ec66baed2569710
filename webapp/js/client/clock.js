/** The browser's time, as the modules take it: milliseconds that never run backwards, and timers. */
export const browserClock = {
    now: () => performance.now(),
    after: (delay, action) => setTimeout(action, delay),
    cancel: (timer) => clearTimeout(timer),
};
