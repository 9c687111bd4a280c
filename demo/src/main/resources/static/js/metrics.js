// What was shown against what Micrometer counted, read from the actuator.

import { byId, element } from './dom.js';

const TYPES = ['readystatechange', 'loadstart', 'progress', 'abort', 'error', 'load', 'timeout', 'loadend'];

const TARGETS = ['request', 'upload'];

const METERS = /^(xhr\.|http\.client\.requests)/;

const cells = new Map();

const shown = new Map();

let baseline = new Map();

let counted = new Map();

/** The last reading; they come one after the other, so that no older one arrives late. */
let last = Promise.resolve();

const key = (target, type) => `${target} ${type}`;

async function get(path) {
	const response = await fetch(`actuator/metrics${path}`);
	return response.ok ? response.json() : undefined;
}

const values = (metric, tag) => metric?.availableTags.find((each) => each.tag === tag)?.values ?? [];

/** Ask only for what is there, as the actuator answers 404 for the rest. */
async function readCounts() {
	const counts = new Map();
	const { names } = await get('');
	showLinks(names.filter((name) => METERS.test(name)));
	if (!names.includes('xhr.events')) {
		return counts;
	}
	for (const target of values(await get('/xhr.events'), 'target')) {
		const types = values(await get(`/xhr.events?tag=target:${target}`), 'type');
		await Promise.all(types.map(async (type) => {
			const metric = await get(`/xhr.events?tag=target:${target}&tag=type:${type}`);
			counts.set(key(target, type), metric?.measurements[0].value ?? 0);
		}));
	}
	return counts;
}

function showLinks(names) {
	const links = names.map((name) => element('li', {}, element('a', { href: `actuator/metrics/${name}` }, name)));
	byId('links').replaceChildren(...(links.length > 0 ? links : [element('li', {}, 'The first run makes the meters.')]));
}

export function buildTable() {
	for (const type of [...TYPES, 'all']) {
		const row = element('tr', {}, element('th', { scope: 'row' }, type));
		for (const target of TARGETS) {
			for (const what of ['shown', 'counted']) {
				const cell = element('td');
				if (target === 'request' || type !== 'readystatechange') {
					cells.set(`${key(target, type)} ${what}`, cell);
				}
				row.append(cell);
			}
		}
		byId('counts').append(row);
	}
	render(false);
}

/** Begin to compare: what was counted until now was not shown here. */
export async function restart() {
	baseline = await readCounts();
	counted = baseline;
	shown.clear();
	render(false);
}

export function count(event) {
	const name = key(event.target, event.type);
	shown.set(name, (shown.get(name) ?? 0) + 1);
}

/** Read the counters again; `settled` tells whether nothing is under way, so that the sums have to agree. */
export function refresh(settled) {
	last = last.catch(() => {}).then(async () => {
		counted = await readCounts();
		render(settled());
	});
	return last;
}

function render(settled) {
	let allShown = 0;
	let allCounted = 0;
	let equal = true;
	for (const target of TARGETS) {
		let sumShown = 0;
		let sumCounted = 0;
		for (const type of TYPES) {
			const name = key(target, type);
			const here = shown.get(name) ?? 0;
			const there = (counted.get(name) ?? 0) - (baseline.get(name) ?? 0);
			equal &&= (here === there);
			fill(name, here, there, settled);
			sumShown += here;
			sumCounted += there;
		}
		fill(key(target, 'all'), sumShown, sumCounted, settled);
		allShown += sumShown;
		allCounted += sumCounted;
	}
	verdict(allShown, allCounted, equal, settled);
}

function fill(name, here, there, settled) {
	for (const [what, value] of [['shown', here], ['counted', there]]) {
		const cell = cells.get(`${name} ${what}`);
		if (cell) {
			cell.textContent = value;
			cell.className = (settled && here !== there) ? 'different' : (value === 0 ? 'zero' : '');
		}
	}
}

function verdict(allShown, allCounted, equal, settled) {
	const node = byId('verdict');
	if (allShown === 0 && allCounted === 0) {
		node.dataset.verdict = 'none';
		node.textContent = 'Nothing has run yet.';
	}
	else if (!settled) {
		node.dataset.verdict = 'none';
		node.textContent = `${allShown} shown, ${allCounted} counted so far …`;
	}
	else {
		node.dataset.verdict = equal ? 'equal' : 'different';
		node.textContent = equal ? `✓ ${allShown} shown, ${allCounted} counted: the same, one for one`
			: `${allShown} shown, ${allCounted} counted. Is another page running scenarios?`;
	}
}
