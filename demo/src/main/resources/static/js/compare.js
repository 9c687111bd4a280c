// Compares two logs. Times are not compared, nor how many progress events there are: a run of them counts as
// one, as their number is a matter of time.

const key = (event) => `${event.target} ${event.type}`;

/** What kind of run an event can be part of. */
function kind(event) {
	if (event.target === 'upload') {
		return (event.type === 'progress') ? 'upload' : undefined;
	}
	const body = event.type === 'progress' || (event.type === 'readystatechange' && event.readyState === 3);
	return body ? 'download' : undefined;
}

/** The events with each run of progress as one. */
export function normalise(events) {
	const result = [];
	let last;
	for (const event of events) {
		const own = kind(event);
		if (own === undefined) {
			result.push(event);
		}
		else if (own !== last) {
			result.push({ ...event, type: (own === 'upload') ? 'progress' : 'readystatechange 3, progress', run: own });
		}
		last = own;
	}
	return result;
}

const BYTES = ['loaded', 'total', 'lengthComputable'];

function fields(event) {
	return event.run ? ['readyState', 'status'] : ['readyState', 'status', ...(event.loaded === null ? [] : BYTES)];
}

function compareEvents(browser, server, add) {
	const left = normalise(browser);
	const right = normalise(server);
	for (let i = 0; i < Math.max(left.length, right.length); i++) {
		const [a, b] = [left[i], right[i]];
		if (a === undefined || b === undefined || key(a) !== key(b)) {
			add(`event ${i + 1}`, a ? key(a) : 'none', b ? key(b) : 'none');
			return;
		}
		for (const field of fields(a)) {
			if (a[field] !== b[field]) {
				add(`${key(a)}: ${field}`, a[field], b[field]);
			}
		}
	}
}

/** Lines of headers as a map; the time of an answer is a time. */
function headers(text) {
	const lines = text.split('\r\n').filter((line) => line !== '').map((line) => {
		const colon = line.indexOf(':');
		return [line.slice(0, colon), line.slice(colon + 1).trim()];
	});
	return new Map(lines.filter(([name]) => name !== 'date'));
}

function compareHeaders(browser, server, add) {
	const [left, right] = [headers(browser), headers(server)];
	for (const name of new Set([...left.keys(), ...right.keys()])) {
		if (left.get(name) !== right.get(name)) {
			add(`header ${name}`, left.get(name) ?? 'none', right.get(name) ?? 'none');
		}
	}
}

const RESULT = ['readyState', 'status', 'statusText', 'responseURL', 'responseType', 'contentLength', 'digest', 'thrown'];

/** All differences, as { what, browser, server }. */
export function differences(browser, server) {
	const found = [];
	const add = (what, left, right) => found.push({ what, browser: String(left), server: String(right) });
	compareEvents(browser.events, server.events, add);
	for (const field of RESULT) {
		if (browser.result[field] !== server.result[field]) {
			add(field, browser.result[field], server.result[field]);
		}
	}
	compareHeaders(browser.result.headers, server.result.headers, add);
	return found;
}
