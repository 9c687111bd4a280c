// Colours for the few lines of Java and YAML on the page; not a parser.

import { element } from './dom.js';

const JAVA = /(?<comment>\/\/.*)|(?<string>"(?:[^"\\]|\\.)*")|(?<name>\b(?:new|byte|if|else|int|null)\b)/g;

const YAML = /(?<comment>#.*)|(?<name>^\s*[\w.-]+(?=:))|(?<string>(?<=: ).+$)/gm;

export function highlight(code, language) {
	const fragment = document.createDocumentFragment();
	let end = 0;
	for (const match of code.matchAll(language === 'yaml' ? YAML : JAVA)) {
		fragment.append(code.slice(end, match.index));
		const kind = Object.keys(match.groups).find((name) => match.groups[name] !== undefined);
		fragment.append(element('span', { class: `token-${kind}` }, match[0]));
		end = match.index + match[0].length;
	}
	fragment.append(code.slice(end));
	return fragment;
}
