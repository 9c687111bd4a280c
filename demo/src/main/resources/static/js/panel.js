// Shows a run of both sides.

import { normalise } from './compare.js';
import { byId, bytes, duration, element } from './dom.js';
import { highlight } from './highlight.js';
import { resolve } from './spec.js';
import { draw } from './timeline.js';

const STATES = ['UNSENT', 'OPENED', 'HEADERS_RECEIVED', 'LOADING', 'DONE'];

const ENDS = ['load', 'error', 'abort', 'timeout'];

const SIDES = ['browser', 'server'];

const FACTS = ['readyState', 'status', 'statusText', 'responseURL', 'responseType', 'contentLength', 'digest', 'thrown'];

const logs = () => ({ browser: { events: [] }, server: { events: [] } });

export class Panel {

	#logs = logs();

	#start = 0;

	#frame;

	#drawn;

	constructor() {
		new ResizeObserver(() => this.#draw()).observe(byId('timeline'));
	}

	/** Show what a scenario is, before it runs. */
	select(scenario, origins) {
		const { spec } = scenario;
		byId('title').textContent = scenario.title;
		byId('text').textContent = scenario.text;
		byId('verb').textContent = spec.method;
		byId('url').textContent = resolve(spec.url, origins);
		byId('java').replaceChildren(highlight(resolve(scenario.java, origins).trimEnd(), 'java'));
		byId('yaml').replaceChildren(highlight(scenario.yaml.trimEnd(), 'yaml'));
		byId('choose-file').hidden = spec.body?.kind !== 'file';
		byId('choose-abort').hidden = scenario.id !== 'abort';
		this.reset();
	}

	reset() {
		this.#logs = logs();
		this.#start = 0;
		for (const side of SIDES) {
			for (const name of ['upload', 'download']) {
				byId(`${side}-${name}`).value = 0;
				byId(`${side}-${name}`).removeAttribute('data-outcome');
				byId(`${side}-${name}-text`).textContent = '–';
			}
		}
		byId('facts').replaceChildren(...FACTS.map((name) => this.#row(name, '–', '–')));
		byId('headers').replaceChildren(this.#row('none', '–', '–'));
		byId('rows').replaceChildren(element('tr', {}, element('td', { colspan: 6 }, 'none yet')));
		byId('why').hidden = true;
		byId('differences').replaceChildren();
		this.#verdict('none', 'Run it: the browser and the service send the same request at once.');
		this.#pill('ready', 'ready');
		this.#draw();
	}

	begin() {
		this.reset();
		this.#start = performance.now();
		this.#pill('running', 'running');
		this.#verdict('none', 'Both are under way …');
		const tick = () => {
			this.#draw();
			this.#frame = requestAnimationFrame(tick);
		};
		cancelAnimationFrame(this.#frame);
		this.#frame = requestAnimationFrame(tick);
	}

	event(side, event) {
		this.#logs[side].events.push(event);
		if (event.loaded !== null) {
			this.#progress(side, event);
		}
	}

	ended(side, log) {
		this.#logs[side] = log;
	}

	#draw() {
		const now = (this.#start === 0) ? 1000 : performance.now() - this.#start;
		draw(byId('timeline'), this.#logs.browser, this.#logs.server, now);
	}

	#progress(side, event) {
		const name = (event.target === 'upload') ? 'upload' : 'download';
		const bar = byId(`${side}-${name}`);
		const text = byId(`${side}-${name}-text`);
		if (['error', 'abort', 'timeout'].includes(event.type)) {
			bar.dataset.outcome = event.type;
			bar.value = bar.hasAttribute('value') ? bar.value : 0;
			text.textContent = event.type;
		}
		else if (event.type === 'load') {
			bar.dataset.outcome = 'load';
			bar.value = 1;
			text.textContent = bytes(event.loaded);
		}
		else if (event.type === 'progress' && event.lengthComputable) {
			bar.value = event.loaded / event.total;
			text.textContent = `${bytes(event.loaded)}, ${Math.floor(100 * event.loaded / event.total)} %`;
		}
		else if (event.type === 'progress') {
			bar.removeAttribute('value');
			text.textContent = bytes(event.loaded);
		}
	}

	/** Show what came of it and give it in words. */
	end(report) {
		cancelAnimationFrame(this.#frame);
		this.#logs = { browser: report.browser, server: report.server };
		this.#draw();
		const outcome = report.server.events.findLast((event) => event.target === 'request' && ENDS.includes(event.type))?.type
			?? (report.server.result.thrown ? 'error' : 'ready');
		this.#pill(outcome, outcome === 'ready' ? 'ended' : outcome);
		const count = report.differences.length;
		const words = (count === 0) ? 'No difference: the service did what the browser did.'
			: `${count} ${count === 1 ? 'difference' : 'differences'} between the browser and the service`;
		this.#verdict(count === 0 ? 'equal' : 'different', words);
		byId('differences').replaceChildren(...report.differences.map(({ what, browser, server }) => element('li', {},
			element('b', {}, what), ' browser: ', element('code', {}, browser), ' server: ', element('code', {}, server))));
		this.#facts(report);
		this.#headers(report);
		this.#rows(report);
		return `${byId('title').textContent} ended in ${outcome}. ${words}`;
	}

	#facts({ browser, server }) {
		const show = (result, name) => {
			const value = result[name];
			if (name === 'digest') {
				return (result.contentLength > 0) ? `${value.slice(0, 12)}…` : '–';
			}
			return (name === 'readyState') ? `${value} ${STATES[value]}` : (value === null || value === '') ? '–' : String(value);
		};
		byId('facts').replaceChildren(...FACTS.map((name) => this.#row(name, show(browser.result, name), show(server.result, name))));
		const last = (log) => log.events.length > 0 ? duration(log.events.at(-1).at) : '–';
		byId('facts').append(this.#row('time', last(browser), last(server), false));
		if (server.failure) {
			const { kind, phase, message } = server.failure;
			byId('why').replaceChildren(element('b', {}, `${kind} while ${phase}: `), `${message}. `,
				element('span', {}, 'That is getFailure(); a browser does not tell a page.'));
			byId('why').hidden = false;
		}
	}

	#row(name, left, right, compared = true) {
		return element('tr', { class: (compared && left !== right) ? 'different' : undefined },
			element('th', { scope: 'row' }, name), element('td', {}, left), element('td', {}, right));
	}

	#headers({ browser, server }) {
		const parse = (log) => new Map(log.result.headers.split('\r\n').filter(Boolean)
			.map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]));
		const [left, right] = [parse(browser), parse(server)];
		const names = [...new Set([...left.keys(), ...right.keys()])];
		byId('headers').replaceChildren(...(names.length > 0 ? names.map((name) =>
			this.#row(name, left.get(name) ?? '–', right.get(name) ?? '–', name !== 'date')) : [this.#row('none', '–', '–')]));
	}

	#rows({ browser, server }) {
		const [left, right] = [normalise(browser.events), normalise(server.events)];
		const words = (event) => event ? `${event.target === 'upload' ? 'upload ' : ''}${event.type}` : '–';
		const state = (event) => event ? `${event.readyState}` : '';
		const at = (event) => event ? event.at.toFixed(1) : '';
		byId('rows').replaceChildren(...Array.from({ length: Math.max(left.length, right.length) }, (_, i) => {
			const [a, b] = [left[i], right[i]];
			const same = words(a) === words(b) && state(a) === state(b);
			return element('tr', { class: same ? undefined : 'different', 'data-outcome': ENDS.includes(b?.type) ? b.type : undefined },
				element('td', {}, at(a)), element('td', {}, words(a)), element('td', {}, state(a)),
				element('td', {}, at(b)), element('td', {}, words(b)), element('td', {}, state(b)));
		}));
	}

	failed(message) {
		cancelAnimationFrame(this.#frame);
		this.#pill('error', 'failed');
		this.#verdict('different', `The run could not be followed: ${message}.`);
	}

	#verdict(kind, text) {
		byId('verdict').dataset.verdict = kind;
		byId('verdict').textContent = (kind === 'equal') ? `✓ ${text}` : text;
	}

	#pill(outcome, text) {
		byId('pill').dataset.outcome = outcome;
		byId('pill').textContent = text;
	}

}
