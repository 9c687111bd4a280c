// Draws the two runs on a common time axis.

import { bytes, duration } from './dom.js';

const SVG = 'http://www.w3.org/2000/svg';

const STATES = ['UNSENT', 'OPENED', 'HEADERS', 'LOADING', 'DONE'];

const FAILED = ['error', 'abort', 'timeout'];

const LANE = 106;

const LEFT = 64;

const RIGHT = 14;

function node(name, attributes = {}, text) {
	const made = document.createElementNS(SVG, name);
	for (const [key, value] of Object.entries(attributes)) {
		made.setAttribute(key, value);
	}
	if (text !== undefined) {
		made.textContent = text;
	}
	return made;
}

/** The states as [state, from, to]; the last lasts until now, or as long as the run. */
function bands(log, now) {
	const result = [];
	for (const event of log.events) {
		const last = result.at(-1);
		if (last === undefined || last.state !== event.readyState) {
			if (last) {
				last.to = event.at;
			}
			result.push({ state: event.readyState, from: event.at, to: now });
		}
	}
	if (log.result && result.length > 0) {
		result.at(-1).to = log.events.at(-1).at;
	}
	return result;
}

/** A step for each 1, 2 or 5 times a power of ten. */
function step(span, most) {
	const rough = span / most;
	const power = 10 ** Math.floor(Math.log10(rough));
	return [1, 2, 5, 10].map((factor) => factor * power).find((each) => each >= rough);
}

function lane(svg, name, log, top, scale, width, most) {
	const group = node('g', { transform: `translate(0 ${top})` });
	group.append(node('text', { x: 0, y: 16, class: 'lane' }, name));
	const now = scale.now;
	for (const { state, from, to } of bands(log, now)) {
		const x = scale.x(from);
		const size = Math.max(2, scale.x(to) - x);
		const rect = node('rect', { x, y: 2, width: size, height: 20, rx: 3, class: `state-${state}` });
		rect.append(node('title', {}, `${STATES[state]} from ${duration(from)}`));
		group.append(rect);
		if (size > 14) {
			group.append(node('text', { x: x + 4, y: 16, class: `state-name in-${state}` }, (size > 74) ? `${state} ${STATES[state]}` : state));
		}
	}
	group.append(node('line', { x1: LEFT, x2: width - RIGHT, y1: 36, y2: 36, class: 'rule' }));
	// what went wrong is not to be hidden by the loadend that follows at once
	const failed = ({ type }) => FAILED.includes(type);
	for (const event of [...log.events.filter((each) => !failed(each)), ...log.events.filter(failed)]) {
		const mark = node('circle', { cx: scale.x(event.at), cy: 36, r: event.type === 'progress' ? 2.5 : 4.5,
			class: `mark ${event.target} ${event.type}` });
		mark.append(node('title', {}, `${event.target} ${event.type} at ${duration(event.at)}`));
		group.append(mark);
	}
	for (const target of ['upload', 'request']) {
		const points = log.events.filter((event) => event.target === target && event.loaded !== null
			&& ['loadstart', 'progress', 'load'].includes(event.type));
		if (points.length > 1 && points.at(-1).loaded > 0) {
			const height = 96;
			const line = points.map((event) => `${scale.x(event.at)},${height - 48 * event.loaded / most}`);
			group.append(node('polygon', { points: `${scale.x(points[0].at)},${height} ${line.join(' ')} ${scale.x(points.at(-1).at)},${height}`,
				class: `area ${target}` }), node('polyline', { points: line.join(' '), class: `bytes ${target}` }));
		}
	}
	group.append(node('line', { x1: LEFT, x2: width - RIGHT, y1: 96, y2: 96, class: 'rule' }));
	if (log.events.length === 0) {
		group.append(node('text', { x: LEFT + 8, y: 16 }, 'nothing yet'));
	}
	else if (most > 1) {
		group.append(node('text', { x: 0, y: 56 }, bytes(most)), node('text', { x: 0, y: 96 }, bytes(0)));
	}
	svg.append(group);
}

/** Draw both logs into an SVG element; `now` is how long they have run. */
export function draw(svg, browser, server, now) {
	const width = Math.max(280, svg.clientWidth);
	const all = [...browser.events, ...server.events];
	const finished = browser.result && server.result;
	const span = Math.max(1, finished ? Math.max(...all.map((event) => event.at)) : now) * 1.02;
	const scale = { now: finished ? span : now, x: (at) => LEFT + (width - LEFT - RIGHT) * Math.min(1, at / span) };
	const most = Math.max(1, ...all.map((event) => event.loaded ?? 0));
	const height = 2 * LANE + 24;
	svg.setAttribute('viewBox', `0 0 ${width} ${height}`);
	svg.setAttribute('height', height);
	svg.replaceChildren();
	const each = step(span, width < 500 ? 4 : 9);
	for (let at = 0; at <= span; at += each) {
		const x = scale.x(at);
		svg.append(node('line', { x1: x, x2: x, y1: 0, y2: height - 20, class: 'grid' }),
			node('text', { x: Math.min(x, width - 22), y: height - 5, class: 'tick' }, duration(at)));
	}
	lane(svg, 'Browser', browser, 0, scale, width, most);
	lane(svg, 'Server', server, LANE, scale, width, most);
}
