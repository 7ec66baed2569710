import { eventTime, fixed } from './numbers.js';
import { locale } from './words/words.js';

/** Fetched when a chart is wanted, from our own host: the build takes it from npm's lock file. */
const library = () => import('../lib/lightweight-charts.standalone.production.mjs');

/** How many bars before the left end of the chart others are fetched. */
const AHEAD = 20;

/**
 * The chart of a symbol: candles or a line, volume below, and lines for prices that matter. Wraps TradingView's
 * lightweight-charts, whose times are seconds.
 *
 * Events: `pointed` (detail: the bar under the crosshair, or undefined), `picked` (detail: the price that was clicked),
 * `left-end` (older bars would be seen).
 */
export class Chart extends EventTarget {
    #charts;
    #chart;
    #series;
    #volume;
    #box;
    #bars = [];
    #byTime = new Map();
    #digits = 2;
    #kind = 'candles';
    #lines = new Map();

    /** Draws into an element that has a size. Rejects where the library can't be had. */
    static async in(box) {
        return new Chart(await library(), box);
    }

    constructor(charts, box) {
        super();
        this.#charts = charts;
        this.#box = box;
        this.#chart = charts.createChart(box, {
            autoSize: true,
            layout: { attributionLogo: false, fontFamily: getComputedStyle(document.body).fontFamily },
            localization: { locale: locale(), timeFormatter: (time) => eventTime(time * 1_000, Date.now()) },
            timeScale: { timeVisible: true, secondsVisible: true, rightOffset: 3, tickMarkFormatter: mark },
            crosshair: { mode: charts.CrosshairMode.Normal },
        });
        this.#volume = this.#chart.addSeries(charts.HistogramSeries, { priceScaleId: 'volume', priceFormat: { type: 'volume' }, lastValueVisible: false, priceLineVisible: false });
        this.#chart.priceScale('volume').applyOptions({ scaleMargins: { top: 0.82, bottom: 0 } });
        this.#make();
        this.#chart.subscribeCrosshairMove(({ time }) => this.#tell('pointed', this.#byTime.get(time)));
        this.#chart.subscribeClick(({ point }) => {
            const price = point && this.#series.coordinateToPrice(point.y);
            if (price > 0) {
                this.#tell('picked', Number(price.toFixed(this.#digits)));
            }
        });
        this.#chart.timeScale().subscribeVisibleLogicalRangeChange((range) => {
            if (range && range.from < AHEAD && this.#bars.length > 0) {
                this.#tell('left-end');
            }
        });
    }

    /** `candles` or `line`. */
    show(kind) {
        this.#kind = kind;
        this.#chart.removeSeries(this.#series);
        this.#make();
        this.set(this.#bars);
    }

    /** Decimals of the symbol's prices. */
    digits(digits) {
        if (digits !== this.#digits) {
            this.#digits = digits;
            this.#series.applyOptions({ priceFormat: this.#format() });
        }
    }

    set(bars) {
        this.#bars = bars;
        this.#byTime = new Map(bars.map((bar) => [bar.start / 1_000, bar]));
        this.#series.setData(bars.map((bar) => this.#point(bar)));
        this.#volume.setData(bars.map((bar) => this.#column(bar)));
    }

    /** Shows the newest bars, at the width that bars have at first. */
    home() {
        this.#chart.timeScale().resetTimeScale();
    }

    /** The newest bar, changed or new. */
    update(bar) {
        this.#byTime.set(bar.start / 1_000, bar);
        this.#series.update(this.#point(bar));
        this.#volume.update(this.#column(bar));
    }

    /** Shows a line for each of these: key, price, title. */
    mark(prices) {
        for (const line of this.#lines.values()) {
            this.#series.removePriceLine(line);
        }
        this.#lines.clear();
        for (const { key, price, title } of prices) {
            this.#lines.set(key, this.#series.createPriceLine({ price, title, color: this.#colour('--accent'), lineStyle: 2, axisLabelVisible: true }));
        }
    }

    /** Takes its colours anew from the page's. */
    paint() {
        const [ink, line, gain, loss] = ['--ink-soft', '--line', '--gain', '--loss'].map((name) => this.#colour(name));
        this.#chart.applyOptions({
            layout: { background: { type: this.#charts.ColorType.Solid, color: this.#colour('--surface') }, textColor: ink },
            grid: { vertLines: { color: line }, horzLines: { color: line } },
            rightPriceScale: { borderColor: line },
            timeScale: { borderColor: line },
        });
        this.#series.applyOptions(
            this.#kind === 'line' ? { color: this.#colour('--accent') } : { upColor: gain, downColor: loss, wickUpColor: gain, wickDownColor: loss, borderVisible: false },
        );
    }

    close() {
        this.#chart.remove();
    }

    #make() {
        const { CandlestickSeries, LineSeries } = this.#charts;
        this.#lines.clear();
        this.#series = this.#chart.addSeries(this.#kind === 'line' ? LineSeries : CandlestickSeries, { priceFormat: this.#format() });
        this.paint();
    }

    #format() {
        return { type: 'custom', minMove: 10 ** -this.#digits, formatter: (price) => fixed(price, this.#digits) };
    }

    #point({ start, open, high, low, close }) {
        const time = start / 1_000;
        return this.#kind === 'line' ? { time, value: close } : { time, open, high, low, close };
    }

    #column({ start, open, close, volume }) {
        return { time: start / 1_000, value: volume, color: this.#colour(close < open ? '--loss-flash' : '--gain-flash') };
    }

    /** The library draws on a canvas and knows no `light-dark()`: the browser resolves it for a probe. */
    #colour(name) {
        const key = `${document.documentElement.dataset.theme} ${matchMedia('(prefers-color-scheme: dark)').matches} ${name}`;
        if (!colours.has(key)) {
            this.#box.style.setProperty('color', `var(${name})`);
            colours.set(key, getComputedStyle(this.#box).color);
            this.#box.style.removeProperty('color');
        }
        return colours.get(key);
    }

    #tell(type, detail) {
        this.dispatchEvent(new CustomEvent(type, { detail }));
    }
}

const colours = new Map();

/** A tick of the time axis, in the reader's own time: the kinds are year, month, day, minute, second. */
function mark(time, kind) {
    const date = new Date(time * 1_000);
    const style = [{ year: 'numeric' }, { month: 'short' }, { day: 'numeric', month: 'short' }, { hour: '2-digit', minute: '2-digit' }, { timeStyle: 'medium' }][kind];
    return new Intl.DateTimeFormat(locale(), { ...style, hourCycle: kind > 2 ? 'h23' : undefined }).format(date);
}
