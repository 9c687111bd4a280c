// Puts the page together.

import { differences } from './compare.js';
import { Dashboard } from './dashboard.js';
import { byId, element } from './dom.js';
import { Panel } from './panel.js';
import { ServerRun } from './runner.js';
import { BrowserRun, bytes } from './spec.js';

const [scenarios, origins] = await Promise.all(['api/scenarios', 'api/origins'].map(async (path) => (await fetch(path)).json()));

const panel = new Panel();

let selected;

let running;

/** The file that was chosen, or one that is made. */
const chosenFile = () => byId('file').files[0] ?? new File([bytes(2 * 1024 * 1024)], 'sample.bin', { type: 'application/octet-stream' });

/** Run a specification, or a scenario of that name, by the browser and the server at once. */
async function both(specOrId, show) {
	const spec = (typeof specOrId === 'string') ? scenarios.find(({ id }) => id === specOrId)?.spec : specOrId;
	if (spec === undefined) {
		throw new Error(`there is no scenario ${specOrId}`);
	}
	const file = (spec.body?.kind === 'file') ? chosenFile() : undefined;
	const ours = new BrowserRun();
	const theirs = new ServerRun();
	show.started?.(ours, theirs);
	let begin;
	const begun = new Promise((resolved) => { begin = resolved; });
	const server = theirs.run(spec, file, begin, (event) => show.event?.('server', event))
		.then((log) => { show.ended?.('server', log); return log; });
	await Promise.race([begun, server]);
	const browser = ours.run(spec, origins, file, (event) => show.event?.('browser', event))
		.then((log) => { show.ended?.('browser', log); return log; });
	const logs = await Promise.all([browser, server]);
	return { browser: logs[0], server: logs[1], differences: differences(logs[0], logs[1]) };
}

function list() {
	let group;
	for (const scenario of scenarios) {
		if (scenario.group !== group?.name) {
			group = { name: scenario.group, items: element('ul') };
			byId('scenarios').append(element('h2', {}, group.name), group.items);
		}
		const button = element('button', { type: 'button', 'data-id': scenario.id },
			element('strong', {}, scenario.title), element('small', {}, scenario.hint));
		button.addEventListener('click', () => choose(scenario));
		group.items.append(element('li', {}, button));
	}
}

function select(scenario) {
	selected = scenario;
	for (const button of document.querySelectorAll('.scenarios button')) {
		if (button.dataset.id === scenario.id) {
			button.setAttribute('aria-current', 'true');
		}
		else {
			button.removeAttribute('aria-current');
		}
	}
	history.replaceState(null, '', `#${scenario.id}`);
	panel.select(scenario, origins);
	byId('start').disabled = false;
}

/** Select a scenario and run it; what runs already is aborted. */
async function choose(scenario) {
	if (running) {
		abort();
		await running.finished;
	}
	select(scenario);
	await start();
}

function abort() {
	for (const run of running?.runs ?? []) {
		run.abort();
	}
}

/** The abort scenario is aborted where the page says. */
function chosenSpec() {
	if (selected.id !== 'abort') {
		return selected.spec;
	}
	const [on, readyState] = byId('moment').value.split(' ');
	return { ...selected.spec, abort: readyState ? { on, readyState: Number(readyState) } : { on } };
}

async function start() {
	if (running) {
		return;
	}
	byId('start').disabled = true;
	byId('abort').disabled = false;
	byId('announce').textContent = '';
	panel.begin();
	running = { runs: [] };
	running.finished = follow();
	await running.finished;
}

async function follow() {
	try {
		const report = await both(chosenSpec(), {
			started: (...runs) => { running.runs = runs; },
			event: (side, event) => panel.event(side, event),
			ended: (side, log) => panel.ended(side, log)
		});
		byId('announce').textContent = panel.end(report);
	}
	catch (error) {
		panel.failed(error.message);
		byId('announce').textContent = `The run could not be followed: ${error.message}.`;
	}
	finally {
		running = undefined;
		byId('start').disabled = false;
		byId('abort').disabled = true;
	}
}

byId('start').addEventListener('click', start);
byId('abort').addEventListener('click', abort);
document.addEventListener('keydown', (event) => {
	if (event.key === 'Escape') {
		abort();
	}
});
list();
select(scenarios.find((scenario) => `#${scenario.id}` === location.hash) ?? scenarios[0]);
byId('elsewhere').hidden = location.origin === origins.page;
byId('elsewhere-link').href = origins.page;
new Dashboard().start();

window.demo = { scenarios: scenarios.map(({ id, spec, ends }) => ({ ...spec, id, ends, spec: { ...spec, id } })), run: (specOrId) => both(specOrId, {}) };
