// Small helpers for the document.

export const byId = (id) => document.getElementById(id);

/** Make an element; `properties` are attributes, and children are nodes or texts. */
export function element(name, properties = {}, ...children) {
	const node = document.createElement(name);
	for (const [key, value] of Object.entries(properties)) {
		if (value !== undefined) {
			node.setAttribute(key, value);
		}
	}
	node.append(...children);
	return node;
}

const UNITS = ['B', 'KiB', 'MiB', 'GiB'];

export function bytes(count) {
	let value = count;
	let unit = 0;
	while (value >= 1024 && unit < UNITS.length - 1) {
		value /= 1024;
		unit++;
	}
	return `${unit === 0 ? value : value.toFixed(1)} ${UNITS[unit]}`;
}

export function duration(milliseconds) {
	return (milliseconds < 1000) ? `${milliseconds.toFixed(0)} ms` : `${(milliseconds / 1000).toFixed(2)} s`;
}
