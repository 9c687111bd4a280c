// Puts the page together.

import { byId, element } from './dom.js';
import * as metrics from './metrics.js';
import { Panel } from './panel.js';
import { Run } from './runner.js';

/** How often the counters are read while a scenario runs, in milliseconds. */
const REFRESH = 1000;

const panel = new Panel();

let selected;

let wanted;

let running;

let compared = false;

function list(scenarios) {
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
	panel.select(scenario);
	byId('start').disabled = false;
}

/** Select a scenario and run it; what runs already is aborted, and followed to its end, as all its events count. */
async function choose(scenario) {
	wanted = scenario;
	if (running) {
		await running.abort();
		await running.finished;
	}
	if (wanted === scenario && !running) {
		select(scenario);
		await start();
	}
}

async function start() {
	if (running) {
		return;
	}
	const run = new Run();
	running = run;
	byId('start').disabled = true;
	byId('abort').disabled = false;
	byId('announce').textContent = '';
	panel.begin();
	run.finished = follow(run);
	await run.finished;
}

async function follow(run) {
	let timer;
	try {
		if (!compared) {
			await metrics.restart();
			compared = true;
		}
		timer = setInterval(() => refresh(), REFRESH);
		const result = await run.start(selected, (event) => {
			metrics.count(event);
			panel.event(event);
		});
		byId('announce').textContent = panel.end(result);
	}
	catch (error) {
		panel.failed(error.message);
		byId('announce').textContent = `The run could not be followed: ${error.message}.`;
	}
	finally {
		clearInterval(timer);
		running = undefined;
		byId('start').disabled = false;
		byId('abort').disabled = true;
	}
	refresh();
}

/** Read the counters; with nothing under way they have to agree with what was shown. */
function refresh() {
	metrics.refresh(() => running === undefined).catch((error) => console.warn(error));
}

byId('start').addEventListener('click', start);
byId('abort').addEventListener('click', () => running?.abort());

metrics.buildTable();
metrics.restart().catch((error) => console.warn(error));

const response = await fetch('api/scenarios');
const scenarios = await response.json();
list(scenarios);
select(scenarios.find((scenario) => `#${scenario.id}` === location.hash) ?? scenarios[0]);
