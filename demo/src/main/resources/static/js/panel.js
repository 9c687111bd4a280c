// Shows one run.

import { byId, bytes, duration, element } from './dom.js';
import { highlight } from './highlight.js';

const STATES = ['UNSENT', 'OPENED', 'HEADERS_RECEIVED', 'LOADING', 'DONE'];

const ENDS = ['load', 'error', 'abort', 'timeout'];

/** How near to its end the log has to be scrolled to follow new events, in pixels. */
const NEAR = 40;

/** The part of a state's name that a narrow screen leaves out has an element of its own. */
function shortened(name) {
	const cut = name.indexOf('_');
	return (cut < 0) ? [name] : [name.slice(0, cut), element('i', {}, name.slice(cut))];
}

export class Panel {

	#queue = [];

	#count = 0;

	#outcome;

	#frame;

	constructor() {
		byId('band').append(...STATES.map((name, state) =>
			element('li', {}, element('b', { title: `${state} ${name}` }, ...shortened(name)), element('span', {}, '–'))));
	}

	/** Show what a scenario is, before it runs. */
	select(scenario) {
		byId('title').textContent = scenario.title;
		byId('text').textContent = scenario.text;
		byId('verb').textContent = scenario.method;
		byId('url').textContent = scenario.url;
		byId('client').textContent = scenario.client ?? 'default';
		byId('java').replaceChildren(highlight(scenario.java.trimEnd(), 'java'));
		byId('yaml').replaceChildren(highlight(scenario.yaml.trimEnd(), 'yaml'));
		byId('result').replaceChildren(element('p', { class: 'empty' }, 'What the request looks like after its last event.'));
		byId('empty').hidden = false;
		this.reset();
	}

	reset() {
		cancelAnimationFrame(this.#frame);
		this.#frame = undefined;
		this.#queue = [];
		this.#count = 0;
		this.#outcome = undefined;
		byId('rows').replaceChildren();
		byId('log-count').textContent = '0';
		for (const item of byId('band').children) {
			item.className = '';
			item.removeAttribute('data-outcome');
			item.removeAttribute('aria-current');
			item.lastChild.textContent = '–';
		}
		for (const name of ['upload', 'download']) {
			byId(`${name}-bar`).value = 0;
			byId(`${name}-bar`).removeAttribute('data-outcome');
			byId(`${name}-text`).textContent = '–';
		}
		this.#pill('ready', 'ready');
	}

	begin() {
		this.reset();
		byId('empty').hidden = true;
		byId('result').replaceChildren(element('p', { class: 'empty' }, 'Running …'));
		this.#state(0, 0);
		this.#pill('running', 'running');
	}

	/** Take an event; events are drawn together, once a frame. */
	event(event) {
		this.#queue.push(event);
		this.#frame ??= requestAnimationFrame(() => this.#flush());
	}

	#flush() {
		this.#frame = undefined;
		const log = byId('log');
		const follow = log.scrollTop + log.clientHeight > log.scrollHeight - NEAR;
		const rows = this.#queue.map((event) => this.#row(event));
		byId('rows').append(...rows);
		this.#queue.forEach((event) => this.#apply(event));
		this.#count += this.#queue.length;
		this.#queue = [];
		byId('log-count').textContent = this.#count;
		if (follow) {
			log.scrollTop = log.scrollHeight;
		}
	}

	#row(event) {
		const transferred = (event.loaded === undefined) ? '' : `${event.loaded} / ${event.lengthComputable ? event.total : '–'}`;
		return element('tr', { 'data-target': event.target, 'data-outcome': ENDS.includes(event.type) ? event.type : undefined },
			element('td', {}, event.time.toFixed(1)), element('td', {}, event.target), element('td', {}, event.type),
			element('td', {}, String(event.readyState)), element('td', {}, transferred));
	}

	#apply(event) {
		if (event.type === 'readystatechange') {
			this.#state(event.readyState, event.time);
		}
		else {
			this.#progress(event);
		}
		if (event.target === 'request' && ENDS.includes(event.type)) {
			this.#outcome = event.type;
			byId('band').children[event.readyState].dataset.outcome = event.type;
		}
		if (this.#outcome === undefined) {
			this.#pill('running', duration(event.time));
		}
		else {
			this.#pill(this.#outcome, `${this.#outcome} · ${duration(event.time)}`);
		}
	}

	#state(state, time) {
		const items = [...byId('band').children];
		items.forEach((item) => {
			item.classList.remove('now');
			item.removeAttribute('aria-current');
		});
		const item = items[state];
		if (!item.classList.contains('reached')) {
			item.lastChild.textContent = (state === 0) ? 'start' : duration(time);
		}
		else if (state === 0) {
			item.lastChild.textContent = 'again';
		}
		item.classList.add('reached', 'now');
		item.setAttribute('aria-current', 'step');
	}

	#progress(event) {
		const name = (event.target === 'upload') ? 'upload' : 'download';
		const bar = byId(`${name}-bar`);
		const text = byId(`${name}-text`);
		if (event.type === 'loadstart') {
			bar.dataset.outcome = 'running';
			text.textContent = 'waiting';
		}
		else if (['error', 'abort', 'timeout'].includes(event.type)) {
			bar.dataset.outcome = event.type;
			// without a total there is no place at which it stopped
			bar.value = bar.hasAttribute('value') ? bar.value : 0;
			text.textContent = `${event.type}${text.dataset.at ? ` at ${text.dataset.at}` : ''}`;
			delete text.dataset.at;
		}
		else if (event.type === 'progress') {
			this.#transferred(bar, text, event);
		}
		else if (event.type === 'load') {
			bar.dataset.outcome = 'load';
			bar.value = 1;
			text.textContent = bytes(event.loaded);
			delete text.dataset.at;
		}
	}

	#transferred(bar, text, event) {
		if (event.lengthComputable) {
			bar.value = event.loaded / event.total;
			text.dataset.at = `${Math.floor(100 * event.loaded / event.total)} %`;
			text.textContent = `${bytes(event.loaded)} of ${bytes(event.total)}, ${text.dataset.at}`;
		}
		else {
			bar.removeAttribute('value');
			text.dataset.at = bytes(event.loaded);
			text.textContent = `${bytes(event.loaded)} of unknown`;
		}
	}

	/** Show the result and give it in words. */
	end(result) {
		cancelAnimationFrame(this.#frame);
		this.#flush();
		// abort() goes back to UNSENT, and no event tells of it
		this.#state(result.readyState, 0);
		const facts = element('dl');
		const fact = (name, value, kind) => facts.append(element('dt', {}, name), element('dd', { class: kind }, value));
		fact('readyState', `${result.readyState} ${STATES[result.readyState]}`);
		fact('status', `${result.status} ${result.statusText}`.trim());
		if (result.failure) {
			fact('failure', `${result.failure.kind} while ${result.failure.phase}: ${result.failure.message}`, 'failed');
		}
		if (result.responseURL) {
			fact('responseURL', result.responseURL);
		}
		byId('result').replaceChildren(facts, ...this.#texts(result));
		const words = `${byId('title').textContent} ended in ${this.#outcome}, ${this.#count} events.`;
		return result.failure ? `${words} ${result.failure.message}.` : `${words} Status ${result.status}.`;
	}

	#texts(result) {
		const texts = [];
		if (result.headers.length > 0) {
			texts.push(this.#pre('Response headers', result.headers.join('\n')));
		}
		if (result.responseText) {
			const rest = result.responseLength - result.responseText.length;
			texts.push(this.#pre('Response text', result.responseText.trimEnd() + (rest > 0 ? `\n… and ${rest} more characters` : '')));
		}
		return texts;
	}

	#pre(label, text) {
		return element('pre', { tabindex: '0', role: 'region', 'aria-label': label }, text);
	}

	failed(message) {
		this.#pill('error', 'the demo failed');
		byId('result').replaceChildren(element('p', { class: 'empty' }, `The run could not be followed: ${message}.`));
	}

	#pill(outcome, text) {
		byId('pill').dataset.outcome = outcome;
		byId('pill').textContent = text;
	}

}
