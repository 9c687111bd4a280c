// What the actuator tells: meters as charts, requests in flight, and the archive as a waterfall.

import { byId, bytes, duration, element } from './dom.js';

const PERIOD = 1000;

const POINTS = 60;

const OUTCOMES = ['success', 'client_error', 'server_error', 'abort', 'timeout', 'network_error', 'cors_error'];

const EVENTS = ['readystatechange', 'loadstart', 'progress', 'load', 'error', 'abort', 'timeout', 'loadend'];

// Names of colours in the style sheet
const OUTCOME_COLOURS = ['load', 'timeout', 'server', 'abort', 'late', 'error', 'upload'];

const LATENCY_COLOURS = ['upload', 'accent'];

const SHARES = ['blocked', 'connect', 'send', 'wait', 'receive'];

const SVG = 'http://www.w3.org/2000/svg';

async function json(path, options) {
	const response = await fetch(path, options);
	return response.ok ? response.json() : undefined;
}

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

const measurement = (metric, name) => metric?.measurements.find(({ statistic }) => statistic === name)?.value ?? 0;

export class Dashboard {

	#latency;

	#outcomes;

	#before = new Map();

	#names = new Set();

	#known = new Set();

	#eventCount = -1;

	start() {
		this.#charts();
		matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.#paint());
		byId('load').addEventListener('click', () => this.#load());
		const tick = async () => {
			if (!document.hidden) {
				await Promise.all([this.#meters(), this.#inFlight()]).catch((error) => console.warn(error));
			}
			setTimeout(tick, PERIOD);
		};
		tick();
	}

	#charts() {
		const animation = false;
		const common = { animation, responsive: true, maintainAspectRatio: false, plugins: { legend: { labels: { boxWidth: 12 } } } };
		const empty = () => Array(POINTS).fill(null);
		const labels = Array.from({ length: POINTS }, (_, i) => `${i - POINTS + 1} s`);
		const line = (label, name) => ({ label, borderColor: colour(name), backgroundColor: colour(name), data: empty(), borderWidth: 2, pointRadius: 2, tension: 0.25, spanGaps: true });
		const ticks = { maxTicksLimit: 6, maxRotation: 0 };
		this.#latency = new Chart(byId('latency'), {
			type: 'line', data: { labels, datasets: [line('to headers', LATENCY_COLOURS[0]), line('to loadend', LATENCY_COLOURS[1])] },
			options: { ...common, scales: { x: { ticks }, y: { beginAtZero: true, title: { display: true, text: 'ms' } } } }
		});
		this.#outcomes = new Chart(byId('outcomes'), {
			type: 'bar', data: { labels, datasets: OUTCOMES.map((label, i) => ({ label: label.replace('_', ' '), backgroundColor: colour(OUTCOME_COLOURS[i]), data: empty(), stack: 'all' })) },
			options: { ...common, scales: { x: { stacked: true, ticks }, y: { stacked: true, beginAtZero: true, ticks: { precision: 0 } } } }
		});
		this.#paint();
	}

	/** The colours are those of the style sheet, light or dark. */
	#paint() {
		this.#outcomes.data.datasets.forEach((set, i) => { set.backgroundColor = colour(OUTCOME_COLOURS[i]); });
		this.#latency.data.datasets.forEach((set, i) => {
			set.borderColor = set.backgroundColor = colour(LATENCY_COLOURS[i]);
		});
		for (const chart of [this.#latency, this.#outcomes]) {
			chart.options.color = colour('muted');
			for (const axis of Object.values(chart.options.scales)) {
				axis.grid = { color: colour('line') };
				axis.ticks = { ...axis.ticks, color: colour('muted') };
				axis.title = { ...axis.title, color: colour('muted') };
			}
			chart.update('none');
		}
	}

	/** What was added since the last reading. */
	#added(name, value) {
		const added = value - (this.#before.get(name) ?? value);
		this.#before.set(name, value);
		return added;
	}

	async #meters() {
		if (!this.#names.has('xhr.requests')) {
			this.#names = new Set((await json('actuator/metrics'))?.names ?? []);
		}
		const has = (name) => this.#names.has(name) ? json(`actuator/metrics/${name}`) : undefined;
		const [requests, headers, events] = await Promise.all(['xhr.requests', 'xhr.time.to.headers', 'xhr.events'].map(has));
		await this.#events(events);
		const mean = (name, metric) => {
			const count = this.#added(`${name} count`, measurement(metric, 'COUNT'));
			const total = this.#added(`${name} total`, measurement(metric, 'TOTAL_TIME'));
			return (count > 0) ? 1000 * total / count : null;
		};
		this.#push(this.#latency, [mean('headers', headers), mean('loadend', requests)]);
		for (const outcome of requests?.availableTags.find(({ tag }) => tag === 'outcome')?.values ?? []) {
			this.#known.add(outcome);
		}
		this.#push(this.#outcomes, await Promise.all(OUTCOMES.map(async (outcome) => {
			const metric = this.#known.has(outcome) ? await json(`actuator/metrics/xhr.requests?tag=outcome:${outcome}`) : undefined;
			return this.#added(outcome, measurement(metric, 'COUNT'));
		})));
	}

	/** Read in detail only when something was added. */
	async #events(total) {
		const count = measurement(total, 'COUNT');
		if (count === this.#eventCount) {
			return;
		}
		this.#eventCount = count;
		const known = new Set(total?.availableTags.find(({ tag }) => tag === 'type')?.values ?? []);
		const items = await Promise.all(EVENTS.map(async (type) => {
			const metric = known.has(type) ? await json(`actuator/metrics/xhr.events?tag=type:${type}`) : undefined;
			return element('div', {}, element('dt', {}, type), element('dd', {}, String(measurement(metric, 'COUNT'))));
		}));
		byId('events').replaceChildren(...items);
	}

	#push(chart, values) {
		chart.data.datasets.forEach((set, i) => {
			set.data.push(values[i]);
			set.data.shift();
		});
		chart.update('none');
	}

	async #inFlight() {
		const found = await json('actuator/xhr');
		const clients = Object.entries(found?.clients ?? {});
		const requests = clients.flatMap(([client, { inFlight }]) => inFlight.map((request) => ({ client, ...request })));
		byId('in-flight-count').textContent = requests.length;
		const focused = document.activeElement?.dataset?.key;
		const rows = requests.slice(0, 12).map((request) => {
			const key = `${request.client}/${request.id}`;
			const button = element('button', { type: 'button', class: 'small', 'data-key': key, 'aria-label': `Abort ${request.method} ${request.uri}` }, 'Abort');
			button.addEventListener('click', () => fetch(`actuator/xhr/${key}`, { method: 'DELETE' }));
			return element('tr', {}, element('td', {}, request.client), element('td', {}, `${request.method} ${request.uri}`),
				element('td', {}, request.state), element('td', {}, bytes(request.download.loaded)), element('td', {}, button));
		});
		byId('in-flight').replaceChildren(...rows);
		byId('in-flight-none').hidden = rows.length > 0;
		if (focused) {
			byId('in-flight').querySelector(`[data-key="${focused}"]`)?.focus();
		}
	}

	async #load() {
		byId('load').disabled = true;
		byId('load-text').textContent = '200 requests are under way …';
		const from = Date.now();
		try {
			const answer = await json('api/load', { method: 'POST', headers: { 'Content-Type': 'application/json' } });
			const took = Date.now() - from;
			if (answer === undefined) {
				throw new Error('it runs already, or took too long');
			}
			const archive = await json('actuator/xhrhar');
			const entries = archive.log.entries.filter((entry) => entry._xhr.client === 'load'
				&& Date.parse(entry.startedDateTime) >= from - 5);
			this.#waterfall(entries, from);
			byId('load-text').textContent = `${answer.requests} requests in ${duration(took)}, over 24 connections at most; ${answer.failed || 'none'} failed. One in ten asks for what is not there.`;
		}
		catch (error) {
			byId('load-text').textContent = `It failed: ${error.message}.`;
		}
		byId('load').disabled = false;
	}

	#waterfall(entries, from) {
		const svg = byId('waterfall');
		const sorted = [...entries].sort((a, b) => Date.parse(a.startedDateTime) - Date.parse(b.startedDateTime) || a.time - b.time);
		const end = Math.max(1, ...sorted.map((entry) => Date.parse(entry.startedDateTime) - from + entry.time));
		const height = 3;
		svg.setAttribute('viewBox', `0 0 1000 ${sorted.length * height}`);
		svg.replaceChildren(...sorted.map((entry, row) => {
			const group = document.createElementNS(SVG, 'g');
			const title = document.createElementNS(SVG, 'title');
			title.textContent = `${entry.request.url}: ${entry.response.status}, ${duration(entry.time)}`;
			group.append(title);
			let at = Date.parse(entry.startedDateTime) - from;
			for (const share of SHARES) {
				const size = Math.max(0, entry.timings[share]);
				const rect = document.createElementNS(SVG, 'rect');
				for (const [key, value] of Object.entries({ x: 1000 * at / end, y: row * height, width: 1000 * size / end, height: height - 0.6, class: `share ${share}` })) {
					rect.setAttribute(key, value);
				}
				group.append(rect);
				at += size;
			}
			return group;
		}));
		svg.classList.add('drawn');
		byId('waterfall-legend').hidden = false;
		byId('waterfall-end').textContent = `from 0 to ${duration(end)}`;
	}

}
